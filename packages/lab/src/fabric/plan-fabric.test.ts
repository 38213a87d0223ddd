import { portName } from '../run/names.js';
import { diffFabric } from './diff-fabric.js';
import { planFabric } from './plan-fabric.js';
import { renderChange } from './render.js';
import type { Eni } from './vpc.js';

const eni: Eni = {
  eniId: 'eni-a',
  mac: '00:16:3e:00:00:01',
  vSwitchId: 'vsw-a',
  ips: ['10.0.0.5', '10.0.0.6'],
  netns: 'tw-x-n1',
  primary: false,
};
const vSwitches = [{ vSwitchId: 'vsw-a', cidr: '10.0.0.0/24' }];
const port = portName('eni-a');

const linesBetween = (before: readonly Eni[], after: readonly Eni[]) =>
  renderChange(diffFabric(planFabric({ vSwitches, enis: before }), planFabric({ vSwitches, enis: after })));

it('plugs an ENI with its counters, its right to its addresses, and a route for each', () => {
  expect(linesBetween([], [eni])).toEqual({
    nft: [
      `add counter ip terway_vpc sent_${port}`,
      `add element ip terway_vpc sent { "${port}" : "sent_${port}" }`,
      `add counter ip terway_vpc received_${port}`,
      `add element ip terway_vpc received { "${port}" : "received_${port}" }`,
      `add element ip terway_vpc owned { "${port}" . 10.0.0.5 }`,
      `add element ip terway_vpc owned { "${port}" . 10.0.0.6 }`,
    ],
    ip: [
      `link add dev ${port} address ee:ff:ff:ff:ff:ff type veth peer name eth%d address 00:16:3e:00:00:01 netns tw-x-n1`,
      `link set dev ${port} up`,
      `ntable change name arp_cache dev ${port} proxy_delay 0`,
      `neighbour replace 169.254.0.1 lladdr 00:16:3e:00:00:01 dev ${port} nud permanent`,
      `link set dev ${port} alias "eni-a 00:16:3e:00:00:01 tw-x-n1 secondary"`,
      `route replace 10.0.0.5/32 via 169.254.0.1 dev ${port} onlink`,
      `route replace 10.0.0.6/32 via 169.254.0.1 dev ${port} onlink`,
    ],
  });
});

it('costs one element and one route to take an address away', () => {
  expect(linesBetween([eni], [{ ...eni, ips: ['10.0.0.5'] }])).toEqual({
    nft: [`delete element ip terway_vpc owned { "${port}" . 10.0.0.6 }`],
    ip: [`route del 10.0.0.6/32 via 169.254.0.1 dev ${port}`],
  });
});

it('moves an address between ENIs in one transaction', () => {
  const other: Eni = { ...eni, eniId: 'eni-b', mac: '00:16:3e:00:00:02', ips: [] };
  const after = [
    { ...eni, ips: ['10.0.0.5'] },
    { ...other, ips: ['10.0.0.6'] },
  ];
  expect(linesBetween([eni, other], after).nft).toEqual([
    `delete element ip terway_vpc owned { "${port}" . 10.0.0.6 }`,
    `add element ip terway_vpc owned { "${portName('eni-b')}" . 10.0.0.6 }`,
  ]);
});

it('takes an ENI that is not attached for one that is not there', () => {
  const { netns: _, ...detached } = eni;
  expect(linesBetween([], [detached])).toEqual({ nft: [], ip: [] });
  expect(linesBetween([eni], [detached]).ip.at(-1)).toBe(`link del dev ${port}`);
});

it('plugs an ENI anew that changes nodes', () => {
  const { ip } = linesBetween([eni], [{ ...eni, netns: 'tw-x-n2' }]);
  expect(ip[0]).toBe(`link del dev ${port}`);
  expect(ip[1]).toContain('netns tw-x-n2');
});

it('plugs primary ENIs first, so that eth0 is theirs', () => {
  const primary: Eni = { ...eni, eniId: 'eni-b', ips: ['10.0.0.7'], primary: true };
  const links = linesBetween([], [eni, primary]).ip.filter((line) => line.startsWith('link add'));
  expect(links.map((line) => /peer name (\S+)/.exec(line)?.[1])).toEqual(['eth0', 'eth%d']);
});

it('refuses an address that two attached ENIs own', () => {
  const enis = [eni, { ...eni, eniId: 'eni-b' }];
  expect(() => planFabric({ vSwitches, enis })).toThrow('10.0.0.5 belongs to both eni-a and eni-b');
});

it.each([
  ['eniId', { eniId: 'eni a' }],
  ['mac', { mac: '00:16:3E:00:00:01' }],
  ['netns', { netns: 'a\nlink del dev eth0' }],
  ['ip', { ips: ['10.0.0.5; flush ruleset'] }],
])('refuses a malformed %s, which would become part of a line', (field, change) => {
  expect(() => planFabric({ vSwitches, enis: [{ ...eni, ...change }] })).toThrow(`${field} of ENI`);
});
