import type { KernelFacts, LinkFact } from './facts.js';
import type { VethStep } from './step.js';
import { judgeVethConflict } from './veth-conflict.js';

const step: VethStep = {
  kind: 'veth',
  dev: 'calix',
  mac: 'ee:00:00:00:00:01',
  mtu: 1500,
  peer: { dev: 'eth0', mac: 'ee:00:00:00:00:02' },
};
const end = { mtu: 1500, up: true, kind: 'veth' };
const hostEnd: LinkFact = { ...end, dev: 'calix', mac: step.mac, ifIndex: 9, peerIfIndex: 2 };
const podEnd: LinkFact = { ...end, dev: 'eth0', mac: step.peer.mac, ifIndex: 2, peerIfIndex: 9 };

function facts(host: readonly LinkFact[], pod: readonly LinkFact[]): KernelFacts {
  const rest = { addresses: [], routes: [], rules: [], neighbours: [] };
  return { host: { ...rest, links: host }, pod: { ...rest, links: pod } };
}

describe('judgeVethConflict', () => {
  it.each<[string, readonly LinkFact[], readonly LinkFact[], string]>([
    ['both ends of one pair', [hostEnd], [podEnd], 'already-ours'],
    ['a host end whose pod has nothing', [hostEnd], [], 'stale-host-end'],
    ['a host end whose peer is in another pod', [{ ...hostEnd, peerIfIndex: 7 }], [], 'stale-host-end'],
    ['nothing any more', [], [], 'stale-host-end'],
  ])('judges %s', (_, host, pod, expected) => {
    expect(judgeVethConflict(step, facts(host, pod))).toBe(expected);
  });

  it.each<[string, readonly LinkFact[], readonly LinkFact[], string]>([
    [
      'hardware of that name in the pod',
      [],
      [{ ...podEnd, kind: '' }],
      'link eth0 in the pod: expected the name to be free, got hardware with MAC',
    ],
    ['a pair of somebody else', [], [podEnd], 'link eth0 in the pod'],
    ['two ends that do not belong together', [{ ...hostEnd, peerIfIndex: 3 }], [podEnd], 'link eth0 in the pod'],
    ['a pod end with another MAC', [hostEnd], [{ ...podEnd, mac: 'ee:00:00:00:00:03' }], 'MAC ee:00:00:00:00:03'],
    [
      'a host link that is no veth',
      [{ ...hostEnd, kind: 'ifb' }],
      [],
      'link calix on the host: expected the name to be free, got ifb with MAC',
    ],
  ])('refuses %s', (_, host, pod, message) => {
    const judge = () => judgeVethConflict(step, facts(host, pod));
    expect(judge).toThrow(message);
    expect(judge).toThrow(expect.objectContaining({ reason: 'interface-name-taken' }));
  });
});
