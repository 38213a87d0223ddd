import type { PodAttachment } from './attachment.js';
import { hostIfNameOf, macsOf } from './names.js';

/** Pod 10.0.0.10 of vSwitch 10.0.0.0/24 on the ENI `eth1`, ifindex 3, of node 10.1.0.5: an example for tests. */
export function sampleAttachment(change: Partial<PodAttachment> = {}): PodAttachment {
  const hostIfName = hostIfNameOf({ podNamespace: 'default', podName: 'nginx', ifName: 'eth0' });
  return {
    netns: '/run/netns/pod',
    ifName: 'eth0',
    hostIfName,
    ...macsOf(hostIfName),
    ip: '10.0.0.10',
    vSwitchGateway: '10.0.0.253',
    eni: { ifName: 'eth1', ifIndex: 3, mac: '00:16:3e:00:00:03' },
    hostIp: '10.1.0.5',
    mtu: 1500,
    extraRoutes: [],
    ...change,
  };
}
