import { dedicatedCapacity, eniReady, sharedCapacity, type Eni } from './eni.js';

it.each([
  ['ecs.g7.large', { enis: 3, ipsPerEni: 6 }, 12, 2],
  ['ecs.g7.4xlarge', { enis: 8, ipsPerEni: 30 }, 210, 7],
  ['a type with the primary ENI only', { enis: 1, ipsPerEni: 6 }, 0, 0],
])('%s addresses (ENIs - 1) x addresses pods, or ENIs - 1 with an ENI each', (_, limits, shared, dedicated) => {
  expect([sharedCapacity(limits), dedicatedCapacity(limits)]).toEqual([shared, dedicated]);
});

it('an ENI is ready when the cloud shows it in use and the agent sees it', () => {
  const eni: Eni = {
    ...{ eniId: 'e', mac: 'm', vSwitchId: 'v', zoneId: 'z', cidr: '', primaryIp: '', sinceMs: 0 },
    ...{ status: 'in-use', seen: true },
  };
  expect([eni, { ...eni, seen: false }, { ...eni, status: 'leaving' as const }, undefined].map(eniReady)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
