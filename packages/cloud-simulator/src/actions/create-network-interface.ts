import { takeAddresses, takeGivenAddresses } from '../address-book.js';
import { ipNotEnough, requireFreeAddresses, requireGroups, requireRoom, requireVSwitch } from '../checks.js';
import { cloudError } from '../cloud-error.js';
import { writeEni } from '../eni-book.js';
import { freeAddresses } from '../address-pool.js';
import { blankEni } from '../blank-eni.js';
import { newId } from '../ids.js';
import {
  boundedList,
  flag,
  integer,
  list,
  optional,
  type Params,
  refuseParameters,
  required,
  tags,
} from '../params.js';
import type { Eni, Moment, VSwitch, World } from '../world.js';
import type { JsonObject } from '../json-object.js';
import type { Action } from './action.js';
import { eniJson } from './eni-json.js';

const notModelled = [
  'Ipv4Prefix',
  'Ipv4PrefixCount',
  'Ipv6Address',
  'Ipv6AddressCount',
  'Ipv6Prefix',
  'Ipv6PrefixCount',
];
const maxSecondary = 49;
const maxListed = 10;

export const createNetworkInterface: Action = {
  product: 'ecs',
  name: 'CreateNetworkInterface',
  needsRegion: true,
  takesToken: true,
  run(world, params, at) {
    const vSwitch = requireVSwitch(world, required(params, 'VSwitchId'));
    const groupIds = securityGroups(params);
    requireGroups(world, groupIds, vSwitch.vpcId);
    refuseParameters(params, notModelled);
    const wanted = wantedAddresses(params);
    const tagged = tags(params);
    if (world.eniCount >= world.quotas.enis) {
      throw cloudError('MaxEniCountExceeded', `The account may have ${world.quotas.enis}.`);
    }
    requireFreeAddresses(vSwitch, [...wanted.primary, ...wanted.listed]);
    const total = Math.max(wanted.primary.length, 1) + wanted.listed.length + wanted.count;
    requireRoom(world, vSwitch.vpcId, groupIds, total);
    if (freeAddresses(vSwitch.pool) < total) throw ipNotEnough(vSwitch.id);

    const id = newId('eni', world.random.ids);
    const ips = takeWanted(world, vSwitch, { ...wanted, total, eniId: id }, at.nowMs);
    const eni = writeEni(
      world,
      {
        ...blankEni(world, vSwitch, at.nowMs),
        ...described(params),
        id,
        ips,
        primaryIp: ips[0] ?? '',
        securityGroupIds: groupIds,
        tags: tagged,
      },
      at.nowMs,
    );
    return answer(world, eni, at);
  },
};

interface Wanted {
  /** None or one address of the caller's choice. */
  readonly primary: readonly string[];
  readonly listed: readonly string[];
  readonly count: number;
}

function wantedAddresses(params: Params): Wanted {
  const count = integer(params, 'SecondaryPrivateIpAddressCount', { min: 1, max: maxSecondary });
  const listed = boundedList(params, 'PrivateIpAddress', maxListed);
  if (count !== undefined && listed.length > 0) {
    throw cloudError('InvalidParameter.Conflict', 'SecondaryPrivateIpAddressCount excludes PrivateIpAddress.N.');
  }
  const primary = optional(params, 'PrimaryIpAddress');
  return { primary: primary === undefined ? [] : [primary], listed, count: count ?? 0 };
}

function securityGroups(params: Params): readonly string[] {
  const single = optional(params, 'SecurityGroupId');
  const many = list(params, 'SecurityGroupIds');
  if (single !== undefined && many.length > 0) {
    throw cloudError('InvalidParameter.Conflict', 'SecurityGroupId excludes SecurityGroupIds.N.');
  }
  if (single === undefined && many.length === 0)
    throw cloudError('MissingParameter', '"SecurityGroupId" is mandatory.');
  return single === undefined ? many : [single];
}

/** The primary address first. The vSwitch has enough, or the call would have been refused. */
function takeWanted(
  world: World,
  vSwitch: VSwitch,
  wanted: Wanted & { readonly total: number; readonly eniId: string },
  nowMs: number,
): readonly string[] {
  const { primary, listed, total, eniId } = wanted;
  takeGivenAddresses(world, vSwitch, { ips: [...primary, ...listed], eniId }, nowMs);
  const count = total - primary.length - listed.length;
  const random = takeAddresses(world, vSwitch, { count, eniId }, nowMs);
  if (!random) throw ipNotEnough(vSwitch.id);
  return primary.length > 0
    ? [...primary, ...listed, ...random]
    : [...random.slice(0, 1), ...listed, ...random.slice(1)];
}

function described(params: Params): Pick<Eni, 'name' | 'description' | 'resourceGroupId' | 'deleteOnRelease' | 'type'> {
  const type = optional(params, 'InstanceType') ?? 'Secondary';
  if (type !== 'Secondary' && type !== 'Trunk') {
    throw cloudError('InvalidParameter', `"InstanceType" must be Secondary or Trunk, but is ${type}.`);
  }
  return {
    type,
    name: optional(params, 'NetworkInterfaceName') ?? '',
    description: optional(params, 'Description') ?? '',
    resourceGroupId: optional(params, 'ResourceGroupId') ?? '',
    deleteOnRelease: flag(params, 'DeleteOnRelease', true),
  };
}

function answer(world: World, eni: Eni, at: Moment): JsonObject {
  const body = eniJson(world, eni);
  return at.twist.emptyId ? { ...body, NetworkInterfaceId: '' } : body;
}
