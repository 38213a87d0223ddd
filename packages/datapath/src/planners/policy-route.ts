import { hostPrefix } from '../address.js';
import { checkAttachment, type PodAttachment } from '../attachment.js';
import type { Plan, Step } from '../step.js';
import { forwards, planEni, tableOf } from './host.js';

/** Next hop of every pod. Nobody owns it: the pod's permanent neighbour entry says whose MAC it is. */
export const podGateway = '169.254.1.1';

/** Evaluated before `fromPodPriority`, so a packet between two pods of a node never leaves it. */
export const toPodPriority = 512;
export const fromPodPriority = 2048;

/**
 * The default driver: a veth pair, and rules that send what the pod sends out of the ENI that owns its
 * address. The link of the pair comes before all that hangs on it; what the host holds comes before
 * what the pod holds, so that the first packet already finds its way.
 * @throws DatapathError `invalid-attachment`
 */
export function planPolicyRoute(attachment: PodAttachment): Plan {
  const pod = checkAttachment(attachment);
  return { podNetns: pod.netns, steps: [...planEni(pod), ...hostSteps(pod), ...podSteps(pod)] };
}

function hostSteps(pod: PodAttachment): readonly Step[] {
  const { hostIfName: dev, ip, mtu } = pod;
  const here = { netns: 'host', dev } as const;
  const prefix = hostPrefix(ip);
  return [
    { ...here, kind: 'veth', mac: pod.hostMac, mtu, peer: { dev: pod.ifName, mac: pod.podMac } },
    { ...here, kind: 'link', mtu },
    { ...here, kind: 'neighbour', ip, mac: pod.podMac },
    { ...here, kind: 'route', to: prefix, table: 'main' },
    { netns: 'host', kind: 'rule', match: 'to', prefix, table: 'main', priority: toPodPriority },
    { netns: 'host', kind: 'rule', match: 'from', prefix, table: tableOf(pod.eni), priority: fromPodPriority },
    ...forwards(dev),
  ];
}

function podSteps(pod: PodAttachment): readonly Step[] {
  const here = { netns: 'pod', dev: pod.ifName } as const;
  const routes = ['default', ...pod.extraRoutes];
  return [
    { ...here, kind: 'link', mtu: pod.mtu },
    { ...here, kind: 'address', prefix: hostPrefix(pod.ip) },
    { ...here, kind: 'neighbour', ip: podGateway, mac: pod.hostMac },
    ...routes.map((to) => ({ ...here, kind: 'route' as const, to, via: podGateway, table: 'main' as const })),
  ];
}
