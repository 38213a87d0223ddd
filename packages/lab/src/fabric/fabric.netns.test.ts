import { ping } from '../pods/ping.js';
import { mustRun, runCommand } from '../run/command.js';
import { inNetns, ipBatch } from '../run/in-netns.js';
import { labNames } from '../run/names.js';
import { configurePrimary, createNetns, removeNetns } from '../run/netns.js';
import { Fabric } from './fabric.js';
import type { FabricTraffic } from './traffic.js';
import type { Eni, Vpc } from './vpc.js';

const names = labNames(`t${process.pid.toString(36)}`);
const n1 = names.node('n1');
const n2 = names.node('n2');
const vSwitches = [
  { vSwitchId: 'vsw-a', cidr: '10.0.0.0/24' },
  { vSwitchId: 'vsw-b', cidr: '10.0.1.0/24' },
];
const first: Eni = eni('eni-n1', { last: 1, vSwitchId: 'vsw-a', ips: ['10.0.0.11'], netns: n1, primary: true });
const pods: Eni = eni('eni-n1-pods', { last: 2, vSwitchId: 'vsw-b', ips: ['10.0.1.20', '10.0.1.21'], netns: n1 });
const second: Eni = eni('eni-n2', { last: 3, vSwitchId: 'vsw-a', ips: ['10.0.0.12'], netns: n2, primary: true });
const vpc: Vpc = { vSwitches, enis: [first, pods, second] };

let fabric: Fabric;

beforeEach(async () => {
  fabric = await Fabric.create(names.fabric, runCommand);
  await Promise.all([n1, n2].map((netns) => createNetns(netns, runCommand)));
  await fabric.apply(vpc);
  await configurePrimary(n1, { ip: '10.0.0.11', vSwitchCidr: '10.0.0.0/24' }, runCommand);
  await configurePrimary(n2, { ip: '10.0.0.12', vSwitchCidr: '10.0.0.0/24' }, runCommand);
});

afterEach(async () => {
  await Promise.all([n1, n2, names.fabric].map((netns) => removeNetns(netns, runCommand)));
});

/** What an agent does for a pod with address `ip` on eth1; here the pod is the node itself, with the address on lo. */
async function routeByPolicy(netns: string, ip: string): Promise<void> {
  await mustRun(
    runCommand,
    ipBatch(netns, [
      'link set dev eth1 up',
      `address add ${ip}/32 dev lo`,
      'route replace default via 10.0.1.253 dev eth1 onlink table 1001',
      `rule add from ${ip} lookup 1001 priority 2048`,
    ]),
  );
}

async function received(netns: string, target: string, source?: string): Promise<number> {
  const options = { count: 2, timeoutMs: 300, ...(source === undefined ? {} : { source }) };
  const [result] = await ping(netns, [target], options, runCommand);
  return result?.received ?? -1;
}

it('carries packets between nodes, out of and into the ENIs that own the addresses', async () => {
  await routeByPolicy(n1, '10.0.1.20');

  expect(await received(n1, '10.0.0.12', '10.0.1.20')).toBe(2);

  const traffic = await fabric.traffic();
  expect(countsOf(traffic, 'eni-n1-pods')).toEqual({ sent: 2, received: 2 });
  expect(countsOf(traffic, 'eni-n2')).toEqual({ sent: 2, received: 2 });
  expect(countsOf(traffic, 'eni-n1')).toEqual({ sent: 0, received: 0 });
});

it('drops what leaves from an ENI that does not own the source, and names both', async () => {
  await mustRun(runCommand, ipBatch(n1, ['link set dev eth1 up', 'address add 10.0.1.20/32 dev lo']));

  expect(await received(n1, '10.0.0.12', '10.0.1.20')).toBe(0);

  const traffic = await fabric.traffic();
  expect(spoofedBy(traffic, 'eni-n1')).toEqual([{ source: '10.0.1.20', packets: 2 }]);
  expect(spoofedBy(traffic, 'eni-n1-pods')).toEqual([]);
  expect(countsOf(traffic, 'eni-n2')).toEqual({ sent: 0, received: 0 });
});

it('stops an address that was taken away, at once and in both directions, and names it', async () => {
  await routeByPolicy(n1, '10.0.1.20');
  expect(await received(n2, '10.0.1.20')).toBe(2);

  await fabric.apply({ vSwitches, enis: [first, { ...pods, ips: ['10.0.1.21'] }, second] });

  expect(await received(n2, '10.0.1.20')).toBe(0);
  expect(await received(n1, '10.0.0.12', '10.0.1.20')).toBe(0);
  const traffic = await fabric.traffic();
  expect(traffic.unowned).toEqual([{ eniId: 'eni-n2', destination: '10.0.1.20', packets: 2 }]);
  expect(spoofedBy(traffic, 'eni-n1-pods')).toEqual([{ source: '10.0.1.20', packets: 2 }]);
});

it('lets an address follow to another ENI', async () => {
  await routeByPolicy(n1, '10.0.1.20');
  await mustRun(runCommand, ipBatch(n2, ['address add 10.0.1.21/32 dev lo']));

  await fabric.apply({
    vSwitches,
    enis: [first, { ...pods, ips: ['10.0.1.20'] }, { ...second, ips: ['10.0.0.12', '10.0.1.21'] }],
  });

  expect(await received(n1, '10.0.1.21', '10.0.1.20')).toBe(2);
  expect(countsOf(await fabric.traffic(), 'eni-n2')).toEqual({ sent: 2, received: 2 });
});

it('answers at the gateway of every vSwitch', async () => {
  await routeByPolicy(n1, '10.0.1.20');

  expect(await received(n1, '10.0.0.253')).toBe(2);
  expect(await received(n1, '10.0.1.253', '10.0.1.20')).toBe(2);
});

it('carries full frames of 1,500 bytes and no more', async () => {
  const pingOnce = (size: number) =>
    runCommand(
      inNetns(n1, { program: 'ping', args: ['-M', 'do', '-s', `${size}`, '-c', '1', '-W', '1', '10.0.0.12'] }),
    );

  expect((await pingOnce(1472)).code).toBe(0);
  expect((await pingOnce(1473)).code).not.toBe(0);
});

it('plugs a secondary ENI down, with its MAC, under the lowest free name', async () => {
  expect(await linksOf(n1)).toEqual([
    { name: 'eth0', mac: first.mac, up: true },
    { name: 'eth1', mac: pods.mac, up: false },
  ]);

  const other = eni('eni-other', { last: 4, vSwitchId: 'vsw-b', ips: ['10.0.1.30'], netns: n1 });
  await fabric.apply({ vSwitches, enis: [first, other, second] });

  expect(await linksOf(n1)).toEqual([
    { name: 'eth0', mac: first.mac, up: true },
    { name: 'eth1', mac: other.mac, up: false },
  ]);
});

it('plugs an ENI again that vanished with a namespace', async () => {
  await mustRun(runCommand, ipBatch(n1, ['link del dev eth1']));
  await fabric.apply(vpc);

  await routeByPolicy(n1, '10.0.1.20');
  expect(await received(n2, '10.0.1.20')).toBe(2);
});

it('changes nothing in the kernel when nothing changes in the VPC', async () => {
  const before = await linksOf(n1, 'ifindex');
  await Promise.all([fabric.apply(vpc), fabric.apply(vpc)]);
  expect(await linksOf(n1, 'ifindex')).toEqual(before);
});

it('names the ENI with a value that is no value', async () => {
  const bad = { ...pods, mac: '00:16:3e:00:00:02 netns 1' };
  await expect(fabric.apply({ vSwitches, enis: [bad] })).rejects.toMatchObject({
    reason: 'invalid-input',
    message: expect.stringContaining('mac of ENI eni-n1-pods'),
  });
});

function eni(eniId: string, rest: Omit<Eni, 'eniId' | 'mac' | 'primary'> & { last: number; primary?: boolean }): Eni {
  const { last, primary = false, ...fields } = rest;
  return { eniId, mac: `00:16:3e:00:00:0${last}`, primary, ...fields };
}

function countsOf(traffic: FabricTraffic, eniId: string) {
  const found = traffic.enis.find((one) => one.eniId === eniId);
  return { sent: found?.sent, received: found?.received };
}

function spoofedBy(traffic: FabricTraffic, eniId: string) {
  return traffic.enis.find((one) => one.eniId === eniId)?.spoofed;
}

async function linksOf(netns: string, extra?: 'ifindex') {
  const text = await mustRun(runCommand, { program: 'ip', args: ['-n', netns, '-j', 'link', 'show', 'type', 'veth'] });
  const links = JSON.parse(text) as { ifname: string; address: string; flags: string[]; ifindex: number }[];
  return links.map(({ ifname, address, flags, ifindex }) => ({
    name: ifname,
    mac: address,
    up: flags.includes('UP'),
    ...(extra === undefined ? {} : { ifindex }),
  }));
}
