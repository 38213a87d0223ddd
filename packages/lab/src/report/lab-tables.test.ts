import type { Lease } from '@terway/api';
import { leaseTable, vSwitchTable } from './lab-tables.js';

const lease: Lease = {
  ip: '10.0.16.9',
  state: 'bound',
  instanceId: 'i-lab-n1',
  nodeName: 'n1',
  eniId: 'eni-a',
  vswitchId: 'vsw-pods-i1',
  zoneId: 'cn-hangzhou-i',
  podNamespace: 'default',
  podName: 'web-2',
  sandboxId: 'f00',
  interfaceName: 'eth0',
  allocationId: 'a1',
  sinceAtMs: 1,
};

it('lists the bound addresses by node and pod, in the order that a person counts', () => {
  const table = leaseTable([
    { ...lease, podName: 'web-10' },
    { ...lease, nodeName: 'n10' },
    { ...lease, state: 'idle', podName: '' },
    { ...lease, nodeName: 'n2' },
    lease,
  ]);
  expect(table.title).toBe('Leases (4)');
  expect(table.rows.map(([pod, node]) => [pod, node])).toEqual([
    ['default/web-2', 'n1'],
    ['default/web-10', 'n1'],
    ['default/web-2', 'n2'],
    ['default/web-2', 'n10'],
  ]);
});

it('shows a vSwitch that the cloud refused as full', () => {
  const vSwitch = { zoneId: 'z', cidr: '10.0.0.0/24', free: 0, reserved: 2, observedAtMs: 1 };
  const { rows } = vSwitchTable([
    { ...vSwitch, vswitchId: 'vsw-a', full: true },
    { ...vSwitch, vswitchId: 'vsw-b', full: false },
  ]);
  expect(rows.map((row) => row.at(-1))).toEqual(['full', 'ok']);
});
