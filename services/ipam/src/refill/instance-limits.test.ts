import type { CloudApi, Outcome } from '@terway/cloud';
import { MemoryCloud } from '@terway/cloud/memory-cloud';
import { InstanceLimits } from './instance-limits.js';

const never = new AbortController().signal;
const unknown: Outcome<never> = { kind: 'unknown', cause: 'time-out' };
const place = { zoneId: 'zone-a', vpcId: 'vpc-1', vSwitchId: 'vsw-1', securityGroupIds: ['sg-1'] };

function cloud(): MemoryCloud {
  const instance = { ...place, status: 'Running', primaryIp: '' };
  return new MemoryCloud({
    nowMs: () => 0,
    vSwitches: [{ vSwitchId: 'vsw-1', cidr: '10.0.0.0/24', vpcId: 'vpc-1', zoneId: 'zone-a' }],
    securityGroupIds: ['sg-1'],
    instances: [
      { ...instance, instanceId: 'i-1', instanceType: 'ecs.small' },
      { ...instance, instanceId: 'i-2', instanceType: 'ecs.small' },
      { ...instance, instanceId: 'i-3', instanceType: 'ecs.secret' },
    ],
    instanceTypes: [{ instanceType: 'ecs.small', enis: 3, ipsPerEni: 4 }],
  });
}

/** The same cloud, and the calls that it gets. */
function counted(target: CloudApi): { readonly api: CloudApi; readonly calls: string[] } {
  const calls: string[] = [];
  const api = new Proxy(target, {
    get: (of, name) => {
      const method: unknown = Reflect.get(of, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]): unknown => {
        calls.push(String(name));
        return Reflect.apply(method, of, args);
      };
    },
  });
  return { api, calls };
}

it('learns what an instance may have', async () => {
  expect(await new InstanceLimits(cloud()).of('i-1', never)).toEqual({
    kind: 'known',
    limits: { ...place, instanceType: 'ecs.small', enis: 3, ipsPerEni: 4 },
  });
});

it('asks for each type once', async () => {
  const { api, calls } = counted(cloud());
  const limits = new InstanceLimits(api);
  await limits.of('i-1', never);
  await limits.of('i-2', never);
  expect(calls).toEqual(['listInstances', 'listInstanceTypes', 'listInstances']);
});

it('asks once for the type of nodes that come together', async () => {
  const { api, calls } = counted(cloud());
  const limits = new InstanceLimits(api);
  const answers = await Promise.all([limits.of('i-1', never), limits.of('i-2', never)]);
  expect(answers).toMatchObject([{ kind: 'known' }, { kind: 'known' }]);
  expect(calls.filter((call) => call === 'listInstanceTypes')).toHaveLength(1);
});

it.each([
  ['that the cloud does not know it', 'i-9', { kind: 'unknown-instance' }],
  ['that the cloud does not tell its limits', 'i-3', { kind: 'unknown-type', instanceType: 'ecs.secret' }],
])('says of an instance %s', async (_, instanceId, answer) => {
  expect(await new InstanceLimits(cloud()).of(instanceId, never)).toEqual(answer);
});

it.each(['listInstances', 'listInstanceTypes'] as const)('keeps nothing of a failed %s', async (action) => {
  const api = cloud();
  const limits = new InstanceLimits(api);
  api.failNext(action, { kind: 'answer', outcome: unknown });
  expect(await limits.of('i-1', never)).toEqual({ kind: 'no-answer', outcome: unknown });
  expect(await limits.of('i-1', never)).toMatchObject({ kind: 'known' });
});
