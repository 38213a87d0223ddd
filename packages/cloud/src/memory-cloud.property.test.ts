import fc from 'fast-check';
import type { CloudEni, CloudVSwitch } from './cloud-api.js';
import { MemoryCloud } from './memory-cloud.js';
import type { Outcome } from './outcome.js';

const never = new AbortController().signal;
const place = { vpcId: 'vpc-1', zoneId: 'cn-hangzhou-b' };
const limits = { instanceType: 'small', enis: 2, ipsPerEni: 6 };
const hosts: Readonly<Record<string, number>> = { 'vsw-1': 28, 'vsw-2': 12 };

function startCloud(clock: { nowMs: number }): MemoryCloud {
  return new MemoryCloud({
    nowMs: () => clock.nowMs,
    vSwitches: [
      { ...place, vSwitchId: 'vsw-1', cidr: '10.0.0.0/27' },
      { ...place, vSwitchId: 'vsw-2', cidr: '10.0.1.0/28' },
    ],
    securityGroupIds: ['sg-1'],
    instances: ['i-1', 'i-2'].map((instanceId, i) => ({
      ...place,
      instanceId,
      instanceType: limits.instanceType,
      vSwitchId: 'vsw-1',
      status: 'Running',
      primaryIp: `10.0.0.${i + 1}`,
      securityGroupIds: ['sg-1'],
    })),
    instanceTypes: [limits],
  });
}

interface Step {
  readonly verb: 'create' | 'attach' | 'detach' | 'delete' | 'assign' | 'unassign';
  /** Picks the ENI, the address, the vSwitch and the instance. */
  readonly pick: number;
  readonly count: number;
  readonly passMs: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.constantFrom<Step['verb'][]>(
    'create',
    'create',
    'attach',
    'attach',
    'detach',
    'delete',
    'assign',
    'unassign',
  ),
  pick: fc.nat(1_000),
  count: fc.integer({ min: 1, max: 3 }),
  passMs: fc.constantFrom(0, 1_000, 5_000),
});

function take(cloud: MemoryCloud, { verb, pick, count }: Step, enis: readonly CloudEni[]): Promise<Outcome<unknown>> {
  const eni = enis[pick % enis.length];
  const eniId = eni?.eniId ?? '';
  const onInstance = { eniId, instanceId: eni?.instanceId ?? `i-${1 + (pick % 2)}` };
  const clientToken = `token-${pick}`;
  const creation = {
    vSwitchId: `vsw-${1 + (pick % 2)}`,
    securityGroupIds: ['sg-1'],
    secondaryAddresses: count,
    tags: {},
    name: 'eni-name',
    description: 'interface of a node',
    clientToken,
  };
  const calls: Record<Step['verb'], () => Promise<Outcome<unknown>>> = {
    create: () => cloud.createEni(creation, never),
    attach: () => cloud.attachEni(onInstance, never),
    detach: () => cloud.detachEni(onInstance, never),
    delete: () => cloud.deleteEni({ eniId }, never),
    assign: () => cloud.assignAddresses({ eniId, count, clientToken }, never),
    unassign: () => cloud.unassignAddresses({ eniId, ips: eni?.ips.slice(-count) ?? [] }, never),
  };
  return calls[verb]();
}

async function look(cloud: MemoryCloud): Promise<{ enis: readonly CloudEni[]; vSwitches: readonly CloudVSwitch[] }> {
  const enis = await cloud.listEnis({}, never);
  const vSwitches = await cloud.listVSwitches(place.vpcId, never);
  if (enis.kind !== 'done' || vSwitches.kind !== 'done') throw new Error('a listing failed');
  return { enis: enis.value, vSwitches: vSwitches.value };
}

function expectSound({ enis, vSwitches }: Awaited<ReturnType<typeof look>>): void {
  const ips = enis.flatMap((eni) => eni.ips);
  expect(new Set(ips).size).toBe(ips.length);
  for (const { vSwitchId, freeAddresses } of vSwitches) {
    const used = enis.filter((eni) => eni.vSwitchId === vSwitchId).flatMap((eni) => eni.ips).length;
    expect(freeAddresses).toBe((hosts[vSwitchId] ?? 0) - used);
  }
  for (const eni of enis) {
    expect(eni.ips[0]).toBe(eni.primaryIp);
    expect(eni.instanceId !== undefined).toBe(['Attaching', 'InUse', 'Detaching'].includes(eni.status));
    if (eni.instanceId !== undefined) expect(eni.ips.length).toBeLessThanOrEqual(limits.ipsPerEni);
  }
  for (const instanceId of ['i-1', 'i-2']) {
    expect(enis.filter((eni) => eni.instanceId === instanceId).length).toBeLessThanOrEqual(limits.enis);
  }
}

it('stays sound whatever is asked of it, and changes nothing when it refuses', () =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      const clock = { nowMs: 1_000 };
      const cloud = startCloud(clock);
      for (const next of steps) {
        const before = await look(cloud);
        const outcome = await take(cloud, next, before.enis);
        const after = await look(cloud);
        expectSound(after);
        if (outcome.kind !== 'done') expect(after).toEqual(before);
        clock.nowMs += next.passMs;
      }
    }),
    { seed: 20_160_428, numRuns: 150 },
  ));
