import { isJsonObject, type JsonObject } from './json-object.js';
import { actions } from './actions/find-action.js';
import { CloudError } from './cloud-error.js';
import type { Knobs } from './knobs.js';
import { presets } from './presets.js';
import type { Seed } from './seed.js';
import { SimulatedCloud } from './simulated-cloud.js';
import type { Eni, Quotas, Twist } from './world.js';

/** A cloud in process with a clock that stands still, for tests. */
export interface TestCloud {
  readonly cloud: SimulatedCloud;
  /** Carries out an action. @throws CloudError */
  call(action: string, params: Readonly<Record<string, string | number>>, twist?: Twist): JsonObject;
  /** The code with which the cloud refuses; empty when it does not. */
  refusal(action: string, params: Readonly<Record<string, string | number>>): string;
  /** Creates an ENI and returns its id. */
  create(params?: Readonly<Record<string, string | number>>): string;
  /** Creates an ENI and waits until it is attached. */
  attached(instanceId: string, params?: Readonly<Record<string, string | number>>): string;
  eni(eniId: string): Eni | undefined;
}

export interface TestCloudOptions {
  readonly knobs?: Partial<Knobs>;
  readonly quotas?: Partial<Quotas>;
  readonly seed?: number;
  readonly world?: Seed;
}

/** 2026-01-31T08:00:00Z, the beginning of a minute. */
export const startMs = Date.UTC(2026, 0, 31, 8);

export function testCloud({ knobs, quotas, seed = 1, world = testWorld }: TestCloudOptions = {}): TestCloud {
  const cloud = new SimulatedCloud({
    seed,
    regionId: 'cn-test',
    knobs: { ...presets.calm, ...knobs },
    ...(quotas && { quotas }),
    clock: { startMs, speed: 0 },
  });
  cloud.seed(world);
  const call: TestCloud['call'] = (name, params, twist) => {
    const action = actions.find((candidate) => candidate.name === name);
    if (!action) throw new Error(`no action ${name}`);
    const texts = Object.entries(params).map(([key, value]) => [key, String(value)] as const);
    return cloud.execute(action, new Map(texts), twist && { twist });
  };
  const create: TestCloud['create'] = (params) =>
    String(
      call('CreateNetworkInterface', { VSwitchId: 'vsw-a', SecurityGroupId: 'sg-1', ...params })['NetworkInterfaceId'],
    );
  return {
    cloud,
    call,
    create,
    refusal(name, params) {
      try {
        call(name, params);
        return '';
      } catch (error) {
        if (error instanceof CloudError) return error.code;
        throw error;
      }
    },
    attached(instanceId, params) {
      const eniId = create(params);
      call('AttachNetworkInterface', { NetworkInterfaceId: eniId, InstanceId: instanceId });
      cloud.clock.advance(1000);
      return eniId;
    },
    eni: (eniId) => cloud.enis().find(({ id }) => id === eniId),
  };
}

/** One field of each row of an answer, for example of `VSwitches.VSwitch`. */
export function column(answer: JsonObject, path: string, field: string): readonly unknown[] {
  const rows = path.split('.').reduce<unknown>((at, name) => (isJsonObject(at) ? at[name] : undefined), answer);
  return Array.isArray(rows) ? rows.map((row) => (isJsonObject(row) ? row[field] : undefined)) : [];
}

/** Two zones of one VPC and another VPC; a large and a small instance in zone a. */
export const testWorld: Seed = {
  vpcs: [
    { id: 'vpc-1', cidr: '10.0.0.0/16' },
    { id: 'vpc-2', cidr: '10.1.0.0/16' },
  ],
  vSwitches: [
    { id: 'vsw-a', vpcId: 'vpc-1', zoneId: 'zone-a', cidr: '10.0.0.0/24' },
    { id: 'vsw-small', vpcId: 'vpc-1', zoneId: 'zone-a', cidr: '10.0.1.0/28' },
    { id: 'vsw-b', vpcId: 'vpc-1', zoneId: 'zone-b', cidr: '10.0.2.0/24' },
    { id: 'vsw-other', vpcId: 'vpc-2', zoneId: 'zone-a', cidr: '10.1.0.0/24' },
  ],
  securityGroups: [
    { id: 'sg-1', vpcId: 'vpc-1' },
    { id: 'sg-other', vpcId: 'vpc-2' },
  ],
  instances: [
    { id: 'i-1', type: 'ecs.g7.xlarge', vSwitchId: 'vsw-a', securityGroupIds: ['sg-1'] },
    { id: 'i-small', type: 'ecs.g6.large', vSwitchId: 'vsw-a', securityGroupIds: ['sg-1'] },
    { id: 'i-32', type: 'ecs.ebmg5.24xlarge', vSwitchId: 'vsw-a', securityGroupIds: ['sg-1'] },
  ],
};
