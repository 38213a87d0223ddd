import { setFreeAddresses, takeAddresses } from './address-book.js';
import { freeAddresses, poolOf } from './address-pool.js';
import { blankEni } from './blank-eni.js';
import { writeEni } from './eni-book.js';
import { newId } from './ids.js';
import type { InstanceType } from './instance-types.js';
import { type Ipv4Range, parseCidr } from './ipv4.js';
import { laggedFrom } from './lagged.js';
import { SimulatorError } from './simulator-error.js';
import type { Instance, Tags, World } from './world.js';

/** What exists before the first call. Ids may be left out and are then made up. */
export interface Seed {
  readonly vpcs?: readonly VpcSeed[] | undefined;
  readonly vSwitches?: readonly VSwitchSeed[] | undefined;
  readonly securityGroups?: readonly GroupSeed[] | undefined;
  readonly instances?: readonly InstanceSeed[] | undefined;
  /** Beside the known ones, or instead of one of the same id. */
  readonly instanceTypes?: readonly InstanceType[] | undefined;
}

export interface VpcSeed {
  readonly id?: string | undefined;
  readonly cidr: string;
}

export interface VSwitchSeed {
  readonly id?: string | undefined;
  readonly vpcId: string;
  readonly zoneId: string;
  /** `/16` to `/29`. */
  readonly cidr: string;
  readonly name?: string | undefined;
  /** Leaves so many addresses free; other products hold the rest. */
  readonly free?: number | undefined;
}

export interface GroupSeed {
  readonly id?: string | undefined;
  readonly vpcId: string;
  /** A normal group takes 2,000 addresses, the default; an enterprise group 65,536. */
  readonly type?: 'normal' | 'enterprise' | undefined;
}

export interface InstanceSeed {
  readonly id?: string | undefined;
  /** For example `ecs.g7.xlarge`. */
  readonly type: string;
  /** Of the primary ENI. */
  readonly vSwitchId: string;
  readonly securityGroupIds: readonly string[];
  readonly status?: Instance['status'] | undefined;
  readonly tags?: Tags | undefined;
}

/** The ids of what was made, in the order of the seed. */
export interface SeededIds {
  readonly vpcs: readonly string[];
  readonly vSwitches: readonly string[];
  readonly securityGroups: readonly string[];
  readonly instances: readonly string[];
}

/** @throws SimulatorError when a seed names what does not exist, or an id is taken; what comes before it is made */
export function sow(world: World, seed: Seed, nowMs: number): SeededIds {
  for (const type of seed.instanceTypes ?? []) world.instanceTypes.set(type.id, type);
  return {
    vpcs: (seed.vpcs ?? []).map((vpc) => sowVpc(world, vpc)),
    vSwitches: (seed.vSwitches ?? []).map((vSwitch) => sowVSwitch(world, vSwitch, nowMs)),
    securityGroups: (seed.securityGroups ?? []).map((group) => sowGroup(world, group)),
    instances: (seed.instances ?? []).map((instance) => sowInstance(world, instance, nowMs)),
  };
}

const groupCapacity = { normal: 2000, enterprise: 65_536 } as const;

function sowVpc(world: World, seed: VpcSeed): string {
  const id = unusedId(world.vpcs, seed.id ?? newId('vpc', world.random.ids));
  requireRange(seed.cidr, 'vpcs.cidr', { min: 2 ** 3, max: 2 ** 24 });
  world.vpcs.set(id, { id, cidr: seed.cidr, usedAddresses: 0 });
  return id;
}

function sowVSwitch(world: World, seed: VSwitchSeed, nowMs: number): string {
  const id = unusedId(world.vSwitches, seed.id ?? newId('vsw', world.random.ids));
  known(world.vpcs, seed.vpcId, 'vSwitches.vpcId');
  const pool = poolOf(requireRange(seed.cidr, 'vSwitches.cidr', { min: 2 ** 3, max: 2 ** 16 }));
  const { vpcId, zoneId, cidr, name = id, free } = seed;
  const shownFree = laggedFrom(freeAddresses(pool));
  const vSwitch = { id, vpcId, zoneId, cidr, name, createdAtMs: nowMs, pool, shownFree };
  world.vSwitches.set(id, vSwitch);
  if (free !== undefined) setFreeAddresses(world, vSwitch, free, nowMs);
  return id;
}

function sowGroup(world: World, seed: GroupSeed): string {
  const id = unusedId(world.securityGroups, seed.id ?? newId('sg', world.random.ids));
  known(world.vpcs, seed.vpcId, 'securityGroups.vpcId');
  world.securityGroups.set(id, {
    id,
    vpcId: seed.vpcId,
    maxAddresses: groupCapacity[seed.type ?? 'normal'],
    usedAddresses: 0,
  });
  return id;
}

/** With its primary ENI, which is born and dies with it. */
function sowInstance(world: World, seed: InstanceSeed, nowMs: number): string {
  const id = unusedId(world.instances, seed.id ?? newId('i', world.random.ids));
  const vSwitch = known(world.vSwitches, seed.vSwitchId, 'instances.vSwitchId');
  known(world.instanceTypes, seed.type, 'instances.type');
  for (const groupId of seed.securityGroupIds) known(world.securityGroups, groupId, 'instances.securityGroupIds');
  const primaryEniId = newId('eni', world.random.ids);
  const [primaryIp] = takeAddresses(world, vSwitch, { count: 1, eniId: primaryEniId }, nowMs) ?? [];
  if (primaryIp === undefined) throw new SimulatorError('instances.vSwitchId', 'one with a free address', vSwitch.id);
  const { type: instanceType, securityGroupIds, status = 'Running', tags = {} } = seed;
  const { zoneId, vpcId } = vSwitch;
  world.instances.set(id, {
    id,
    instanceType,
    zoneId,
    vpcId,
    vSwitchId: vSwitch.id,
    status,
    primaryEniId,
    primaryIp,
    securityGroupIds,
    tags,
    createdAtMs: nowMs,
  });
  writeEni(
    world,
    {
      ...blankEni(world, vSwitch, nowMs),
      id: primaryEniId,
      type: 'Primary',
      status: 'InUse',
      securityGroupIds,
      primaryIp,
      ips: [primaryIp],
      attachment: { instanceId: id, deviceIndex: 0 },
    },
    nowMs,
  );
  return id;
}

function requireRange(cidr: string, field: string, size: { readonly min: number; readonly max: number }): Ipv4Range {
  const range = parseCidr(cidr);
  if (!range || range.size < size.min || range.size > size.max) {
    throw new SimulatorError(field, `a CIDR block of ${size.min} to ${size.max} addresses`, cidr);
  }
  return range;
}

function known<T>(items: ReadonlyMap<string, T>, id: string, field: string): T {
  const item = items.get(id);
  if (item === undefined) throw new SimulatorError(field, 'the id of something that exists', id);
  return item;
}

function unusedId(items: ReadonlyMap<string, unknown>, id: string): string {
  if (items.has(id)) throw new SimulatorError('id', 'an unused id', id);
  return id;
}
