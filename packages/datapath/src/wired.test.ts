import type { NamespaceFacts, RuleFact } from './facts.js';
import { findLeftovers } from './leftovers.js';
import { toUndoLines } from './undo.js';
import { findEniLink, wiredAddresses } from './wired.js';

const nothing: NamespaceFacts = { links: [], addresses: [], routes: [], rules: [], neighbours: [] };
const dev = 'calic440f455693';
const rule = (fact: Partial<RuleFact>): RuleFact => ({
  priority: 512,
  from: undefined,
  to: undefined,
  table: 'main',
  hasOtherSelectors: false,
  ...fact,
});
const link = { dev, ifIndex: 9, mac: '00:16:3e:00:00:03', mtu: 1500, up: true, kind: 'veth', peerIfIndex: 2 };
const hostRoute = { to: '10.0.0.10/32', dev, via: undefined, table: 'main', scope: 'link' };
const host: NamespaceFacts = {
  ...nothing,
  links: [link, { ...link, dev: 'eth1', ifIndex: 3, kind: '', peerIfIndex: undefined }],
  routes: [hostRoute, { ...hostRoute, to: '10.0.0.12/32', dev: 'eth1' }, { ...hostRoute, to: '10.8.0.0/16' }],
  rules: [
    rule({ to: '10.0.0.10/32' }),
    rule({ to: '10.9.0.0/16' }),
    rule({ to: '10.0.0.13/32', hasOtherSelectors: true }),
    rule({ to: '10.0.0.14/32', table: '1003' }),
    rule({ priority: 2048, from: '10.0.0.10/32', table: '1003' }),
    rule({ priority: 2048, from: '10.0.0.11/32', table: '1003' }),
  ],
};

describe('wiredAddresses', () => {
  it('says which addresses rules, routes and the pod show in use, and by what', () => {
    const pod = { ...nothing, addresses: [{ dev: 'eth0', prefix: '10.0.0.10/32', scope: 'global' }] };
    expect(wiredAddresses({ host, pod })).toEqual([
      { ip: '10.0.0.10', by: ['rule-to-pod', 'rule-from-pod', 'host-route', 'pod-address'], hostIfName: dev },
      { ip: '10.0.0.11', by: ['rule-from-pod'], hostIfName: undefined },
    ]);
  });

  it('sees nothing on a fresh node', () => {
    expect(wiredAddresses({ host: nothing, pod: undefined })).toEqual([]);
  });
});

describe('findLeftovers', () => {
  const linesFor = (ips: readonly string[], hostIfNames: readonly string[]) =>
    findLeftovers(host, { ips: new Set(ips), hostIfNames: new Set(hostIfNames) }).map(({ undo }) => toUndoLines(undo));

  it('finds nothing of pods that are alive', () => {
    expect(linesFor(['10.0.0.10', '10.0.0.11'], [dev])).toEqual([]);
  });

  it('takes all of a pod that is gone, and rules whose link is gone already', () => {
    expect(linesFor([], [])).toEqual([
      [
        'rule flush to 10.0.0.10/32 priority 512',
        'rule flush from 10.0.0.10/32 priority 2048',
        `route delete 10.0.0.10/32 dev ${dev} table main`,
        `link delete dev ${dev}`,
      ],
      ['rule flush from 10.0.0.11/32 priority 2048'],
    ]);
  });

  it('takes a link that nothing points to', () => {
    expect(linesFor(['10.0.0.10', '10.0.0.11'], [])).toEqual([[`link delete dev ${dev}`]]);
  });

  it('keeps the link of a living pod that an older address still points to', () => {
    expect(linesFor(['10.0.0.11'], [dev])[0]).not.toContain(`link delete dev ${dev}`);
  });
});

describe('findEniLink', () => {
  it('finds the ENI, not the host end of a pod with its MAC', () => {
    expect(findEniLink(host, '00:16:3e:00:00:03')?.dev).toBe('eth1');
    expect(findEniLink(host, '00:16:3e:00:00:04')).toBeUndefined();
  });
});
