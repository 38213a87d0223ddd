import { planPings } from './plan-pings.js';
import { gatewayOf } from '../fabric/vpc.js';
import { pingAll } from '../pods/reach.js';
import { leaseTable, vSwitchTable } from '../report/lab-tables.js';
import { matrixTable, type Reach } from '../report/ping-matrix.js';
import type { Table } from '../report/table.js';
import type { RunCommand } from '../run/command.js';
import type { Lab, LabPod } from './lab.js';

/** Enough for a busy machine. */
const askMs = 10_000;

/** What the lab shows of itself. */
export interface LabReport {
  readonly tables: readonly Table[];
  readonly reached: readonly Reach[];
}

/** Asks the address manager for its leases and vSwitches, and pings everything from everywhere. */
export async function checkLab(lab: Lab, pods: readonly LabPod[], run: RunCommand): Promise<LabReport> {
  const { leases } = await lab.ops.listLeases({}, { deadlineMs: askMs });
  const { vswitches } = await lab.ops.listVSwitches({}, { deadlineMs: askMs });
  const cidrs = new Map(lab.topology.vSwitches.map(({ id, cidr }) => [id, cidr]));
  const vSwitchOf = new Map(leases.map(({ ip, vswitchId }) => [ip, vswitchId]));
  const sources = pods.map(({ label, ip, netns, node }) => ({
    ...{ label, ip, netns },
    node: node.name,
    gateway: gatewayOf(cidrs.get(vSwitchOf.get(ip) ?? '') ?? ''),
  }));
  const places = lab.nodes.map(({ name, ip }) => ({ label: name, ip, node: name }));
  const reached = await pingAll(planPings(sources, places), run);
  const podVSwitches = new Set(lab.topology.vSwitches.filter(({ use }) => use === 'pods').map(({ id }) => id));
  return {
    tables: [
      leaseTable(leases),
      matrixTable('Pings from pods (average ms)', reached),
      vSwitchTable(vswitches.filter(({ vswitchId }) => podVSwitches.has(vswitchId))),
    ],
    reached,
  };
}
