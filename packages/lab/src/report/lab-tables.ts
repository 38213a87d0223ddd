import type { Lease, VSwitch } from '@terway/api';
import type { Table } from './table.js';

/** Who holds which address, as the address manager tells it: in order of node, then pod. */
export function leaseTable(leases: readonly Lease[]): Table {
  const bound = leases.filter(({ state }) => state === 'bound');
  const key = ({ nodeName, podName }: Lease): string => `${nodeName} ${podName}`;
  return {
    title: `Leases (${bound.length})`,
    columns: ['pod', 'node', 'IP', 'ENI', 'vSwitch', 'zone'],
    rows: bound
      .toSorted((a, b) => key(a).localeCompare(key(b), 'en', { numeric: true }))
      .map(({ podNamespace, podName, nodeName, ip, eniId, vswitchId, zoneId }) => [
        `${podNamespace}/${podName}`,
        nodeName,
        ip,
        eniId,
        vswitchId,
        zoneId,
      ]),
  };
}

/** What of each vSwitch is left, as the cloud last said. */
export function vSwitchTable(vSwitches: readonly VSwitch[]): Table {
  return {
    title: 'vSwitches for pods',
    columns: ['vSwitch', 'zone', 'CIDR', 'free', 'reserved', 'state'],
    rows: vSwitches.map(({ vswitchId, zoneId, cidr, free, reserved, full }) => [
      vswitchId,
      zoneId,
      cidr,
      `${free}`,
      `${reserved}`,
      full ? 'full' : 'ok',
    ]),
  };
}
