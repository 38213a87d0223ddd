import { LabError } from '../lab-error.js';

/** The cloud that a lab begins with: two zones, each with a vSwitch of nodes and two of pods, and the nodes in turn. */
export interface Topology {
  readonly regionId: string;
  readonly vpc: { readonly id: string; readonly cidr: string };
  readonly securityGroupId: string;
  readonly vSwitches: readonly LabVSwitch[];
  readonly instanceType: string;
  readonly nodes: readonly LabNode[];
}

export interface LabVSwitch {
  readonly id: string;
  readonly zoneId: string;
  readonly cidr: string;
  /** Primary ENIs are in vSwitches for nodes, those that carry pods in vSwitches for pods. */
  readonly use: 'nodes' | 'pods';
}

export interface LabNode {
  /** `n1`, `n2`, ...: the Kubernetes name, and the last part of its namespace's. */
  readonly name: string;
  readonly instanceId: string;
  readonly zoneId: string;
  readonly vSwitchId: string;
}

const regionId = 'cn-hangzhou';
const zones = ['cn-hangzhou-i', 'cn-hangzhou-j'] as const;

/** As many as both vSwitches for nodes take: 252 each. */
export const mostNodes = 504;

/** Smallest first, with the pods that each can address: (ENIs - 1) x addresses per ENI. */
const instanceTypes = [
  { type: 'ecs.g7.large', pods: 12 },
  { type: 'ecs.g7.xlarge', pods: 45 },
  { type: 'ecs.g7.4xlarge', pods: 210 },
] as const;

export const mostPodsPerNode = 210;

/** @throws LabError `invalid-input` for more nodes or pods than the lab's cloud has room for */
export function planTopology(size: { readonly nodes: number; readonly podsPerNode: number }): Topology {
  const vSwitches = zones.flatMap(vSwitchesOf);
  return {
    regionId,
    vpc: { id: 'vpc-lab', cidr: '10.0.0.0/16' },
    securityGroupId: 'sg-lab',
    vSwitches,
    instanceType: instanceTypeFor(size.podsPerNode),
    nodes: planNodes(size.nodes, vSwitches),
  };
}

/** `10.0.0.0/24` and `10.0.1.0/24` for nodes; four /20 from `10.0.16.0` on for pods. */
function vSwitchesOf(zoneId: string, zone: number): LabVSwitch[] {
  const letter = zoneId.slice(-1);
  const podCidr = (index: number) => `10.0.${16 * (2 * zone + index + 1)}.0/20`;
  return [
    { id: `vsw-nodes-${letter}`, zoneId, cidr: `10.0.${zone}.0/24`, use: 'nodes' },
    { id: `vsw-pods-${letter}1`, zoneId, cidr: podCidr(0), use: 'pods' },
    { id: `vsw-pods-${letter}2`, zoneId, cidr: podCidr(1), use: 'pods' },
  ];
}

function planNodes(count: number, vSwitches: readonly LabVSwitch[]): LabNode[] {
  if (!Number.isInteger(count) || count < 1 || count > mostNodes) {
    throw new LabError('invalid-input', `nodes: expected 1 to ${mostNodes}, got ${count}`);
  }
  const homes = vSwitches.filter(({ use }) => use === 'nodes');
  return Array.from({ length: count }, (_, index) => {
    const { id, zoneId } = homes[index % homes.length] ?? { id: '', zoneId: '' };
    return { name: `n${index + 1}`, instanceId: `i-lab-n${index + 1}`, zoneId, vSwitchId: id };
  });
}

function instanceTypeFor(podsPerNode: number): string {
  const fitting = instanceTypes.find(({ pods }) => podsPerNode >= 0 && podsPerNode <= pods);
  if (fitting !== undefined) return fitting.type;
  throw new LabError('invalid-input', `pods: expected 0 to ${mostPodsPerNode} per node, got ${podsPerNode}`);
}
