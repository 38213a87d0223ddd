import { createIpRunner, hostIfNameOf, macsOf, planPolicyRoute } from '@terway/datapath';
import { Fabric } from '../fabric/fabric.js';
import { type Eni, gatewayOf } from '../fabric/vpc.js';
import { mustRun, runCommand } from '../run/command.js';
import { netnsPath } from '../run/in-netns.js';
import { labNames } from '../run/names.js';
import { configurePrimary, createNetns, removeNetns } from '../run/netns.js';
import { ping } from './ping.js';

const names = labNames(`d${process.pid.toString(36)}`);
const nodeCidr = '10.0.0.0/24';
const podCidr = '10.0.1.0/24';
const nodes = { n1: '10.0.0.11', n2: '10.0.0.12' } as const;
const pods = [
  { name: 'a', node: 'n1', ip: '10.0.1.11' },
  { name: 'b', node: 'n1', ip: '10.0.1.12' },
  { name: 'c', node: 'n2', ip: '10.0.1.21' },
] as const;
type Node = keyof typeof nodes;

let fabric: Fabric;

beforeEach(async () => {
  fabric = await Fabric.create(names.fabric, runCommand);
  for (const node of ['n1', 'n2'] as const) await createNetns(names.node(node), runCommand);
  const vSwitches = [
    { vSwitchId: 'vsw-nodes', cidr: nodeCidr },
    { vSwitchId: 'vsw-pods', cidr: podCidr },
  ];
  await fabric.apply({ vSwitches, enis: (['n1', 'n2'] as const).flatMap(enisOf) });
  for (const node of ['n1', 'n2'] as const) {
    await configurePrimary(names.node(node), { ip: nodes[node], vSwitchCidr: nodeCidr }, runCommand);
  }
  for (const pod of pods) await wire(pod);
});

afterEach(async () => {
  const podNames = pods.map(({ name }) => names.pod(name));
  for (const netns of [...podNames, names.node('n1'), names.node('n2'), names.fabric]) {
    await removeNetns(netns, runCommand);
  }
});

/** The primary ENI of a node, and one with the addresses of its pods. */
function enisOf(node: Node): Eni[] {
  const netns = names.node(node);
  const digit = node.slice(1);
  const ips = pods.filter((pod) => pod.node === node).map(({ ip }) => ip);
  return [
    {
      eniId: `eni-${node}`,
      mac: `00:16:3e:00:00:1${digit}`,
      vSwitchId: 'vsw-nodes',
      ips: [nodes[node]],
      netns,
      primary: true,
    },
    { eniId: `eni-${node}-pods`, mac: `00:16:3e:00:00:2${digit}`, vSwitchId: 'vsw-pods', ips, netns, primary: false },
  ];
}

/** Carries out the default driver's plan for a pod, on its node. */
async function wire({ name, node, ip }: (typeof pods)[number]): Promise<void> {
  await createNetns(names.pod(name), runCommand);
  const args = ['-n', names.node(node), '-j', 'link', 'show', 'dev', 'eth1'];
  const [eni] = JSON.parse(await mustRun(runCommand, { program: 'ip', args })) as {
    ifindex: number;
    address: string;
  }[];
  const hostIfName = hostIfNameOf({ podNamespace: 'default', podName: name, ifName: 'eth0' });
  const plan = planPolicyRoute({
    netns: netnsPath(names.pod(name)),
    ifName: 'eth0',
    hostIfName,
    ...macsOf(hostIfName),
    ip,
    vSwitchGateway: gatewayOf(podCidr),
    eni: { ifName: 'eth1', ifIndex: eni?.ifindex ?? 0, mac: eni?.address ?? '' },
    hostIp: nodes[node],
    mtu: 1500,
    extraRoutes: [],
  });
  await createIpRunner({ hostNetns: netnsPath(names.node(node)) }).run(plan);
}

async function answers(from: string, targets: readonly string[]): Promise<readonly string[]> {
  const results = await ping(from, targets, { count: 2 }, runCommand);
  return results.filter(({ sent, received }) => sent === received).map(({ target }) => target);
}

it('joins pods with pods, nodes and gateways, through the ENIs that own their addresses', async () => {
  const everything = ['10.0.1.11', '10.0.1.12', '10.0.1.21', nodes.n1, nodes.n2, gatewayOf(podCidr)];

  for (const { name } of pods) expect(await answers(names.pod(name), everything)).toEqual(everything);
  for (const node of ['n1', 'n2'] as const) expect(await answers(names.node(node), everything)).toEqual(everything);

  const traffic = await fabric.traffic();
  expect(traffic.unowned).toEqual([]);
  expect(traffic.enis.flatMap(({ spoofed }) => spoofed)).toEqual([]);
});

it('keeps traffic between pods of one node on the node', async () => {
  expect(await answers(names.pod('a'), ['10.0.1.12'])).toEqual(['10.0.1.12']);
  const pods1 = (await fabric.traffic()).enis.find(({ eniId }) => eniId === 'eni-n1-pods');
  expect(pods1).toMatchObject({ sent: 0, received: 0 });
});
