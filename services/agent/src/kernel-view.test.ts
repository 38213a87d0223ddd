import type { NamespaceFacts } from '@terway/datapath';
import { toKernelView } from './kernel-view.js';

const link = { mtu: 1_500, up: true, kind: '', peerIfIndex: undefined };
const rule = { from: undefined, to: undefined, hasOtherSelectors: false };
const host: NamespaceFacts = {
  links: [
    { ...link, dev: 'lo', ifIndex: 1, mac: '00:00:00:00:00:00' },
    { ...link, dev: 'eth1', ifIndex: 3, mac: '00:16:3E:00:00:01' },
    { ...link, dev: 'cali0123456789a', ifIndex: 9, mac: 'ee:00:00:00:00:01', kind: 'veth' },
  ],
  addresses: [],
  routes: [{ to: '10.0.0.10/32', dev: 'cali0123456789a', via: undefined, table: 'main', scope: 'link' }],
  rules: [
    { ...rule, priority: 512, to: '10.0.0.10/32', table: 'main' },
    { ...rule, priority: 2048, from: '10.0.0.10/32', table: '1003' },
    { ...rule, priority: 2048, from: '10.0.0.11/32', table: '1003' },
    { ...rule, priority: 512, to: '192.0.2.1/32', table: 'main' },
    { ...rule, priority: 2048, from: '192.0.2.2/32', table: '77' },
  ],
  neighbours: [],
};

describe('what the kernel shows of a node', () => {
  const view = toKernelView({ host, pod: undefined });

  it('names ENIs by MAC in lower case, and host ends apart from them', () => {
    expect(view.enis).toEqual([{ ifName: 'eth1', ifIndex: 3, mac: '00:16:3e:00:00:01' }]);
    expect(view.hostInterfaces).toEqual(['cali0123456789a']);
  });

  it('names the pod addresses, living and left behind, and leaves the rules of others alone', () => {
    const eniMac = '00:16:3e:00:00:01';
    expect(view.addresses).toEqual([
      { ip: '10.0.0.10', hostInterface: 'cali0123456789a', eniMac },
      { ip: '10.0.0.11', hostInterface: undefined, eniMac },
    ]);
  });
});
