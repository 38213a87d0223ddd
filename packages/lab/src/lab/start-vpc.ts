import { Fabric } from '../fabric/fabric.js';
import { LabError } from '../lab-error.js';
import type { RunCommand } from '../run/command.js';
import { inParallel } from '../run/in-parallel.js';
import type { LabNames } from '../run/names.js';
import { configurePrimary, createNetns, removeNetns } from '../run/netns.js';
import type { Teardown } from '../run/teardown.js';
import { LiveVpc } from '../vpc/live-vpc.js';
import type { LinkChange } from '../vpc/plugged-enis.js';
import type { LabNode, Topology } from './topology.js';

export interface VpcParts {
  readonly names: LabNames;
  readonly topology: Topology;
  /** Addresses of the cloud's own services. */
  readonly services: readonly string[];
  /** Tells every ENI that is attached now, then every change. Returns the way to end it. */
  readonly followLinks: (listener: (change: LinkChange) => void) => () => void;
  readonly report: (error: unknown) => void;
  readonly teardown: Teardown;
  readonly run: RunCommand;
}

/** A node whose primary ENI is plugged and configured, as after its boot. */
export interface BootedNode extends LabNode {
  readonly netns: string;
  /** Address of the primary ENI. */
  readonly ip: string;
}

export interface StartedVpc {
  readonly fabric: Fabric;
  readonly live: LiveVpc;
  readonly nodes: readonly BootedNode[];
}

/** Enough to keep two cores busy. */
const nodesAtOnce = 4;

/** Makes the fabric and boots the nodes; from then on the fabric follows the cloud. */
export async function startVpc(parts: VpcParts): Promise<StartedVpc> {
  const { names, topology, teardown, run, services, report, followLinks } = parts;
  const fabric = await Fabric.create(names.fabric, run);
  teardown.add('fabric', () => removeNetns(fabric.netns, run));
  const vSwitches = topology.vSwitches.map(({ id, cidr }) => ({ vSwitchId: id, cidr }));
  const live = new LiveVpc({ apply: (vpc) => fabric.apply(vpc), vSwitches, services, report });
  await inParallel(topology.nodes, nodesAtOnce, async ({ name, instanceId }) => {
    const netns = names.node(name);
    await createNetns(netns, run);
    teardown.add(`node ${name}`, () => removeNetns(netns, run));
    live.addNode(instanceId, netns);
  });

  const primaryIps = new Map<string, string>();
  const unfollow = followLinks((change) => {
    if (change.deviceIndex === 0) primaryIps.set(change.instanceId, change.ips[0] ?? '');
    live.follow(change);
  });
  await live.settle();
  await live.start();
  teardown.add('VPC', async () => {
    unfollow();
    await live.stop();
  });

  const boot = (node: LabNode): Promise<BootedNode> => bootNode(node, primaryIps, parts);
  return { fabric, live, nodes: await inParallel(topology.nodes, nodesAtOnce, boot) };
}

/** @throws LabError `not-ready` when the cloud has not attached the primary ENI */
async function bootNode(
  node: LabNode,
  primaryIps: ReadonlyMap<string, string>,
  { names, topology, run }: VpcParts,
): Promise<BootedNode> {
  const ip = primaryIps.get(node.instanceId);
  const vSwitch = topology.vSwitches.find(({ id }) => id === node.vSwitchId);
  if (ip === undefined || vSwitch === undefined) {
    throw new LabError('not-ready', `node ${node.name}: the cloud shows no primary ENI of ${node.instanceId}`);
  }
  const netns = names.node(node.name);
  await configurePrimary(netns, { ip, vSwitchCidr: vSwitch.cidr }, run);
  return { ...node, netns, ip };
}
