import { takeAddresses, takeGivenAddresses } from '../address-book.js';
import {
  addressLimit,
  ipNotEnough,
  requireEni,
  requireFreeAddresses,
  requireRoom,
  requireUnlocked,
  requireVSwitch,
} from '../checks.js';
import { cloudError } from '../cloud-error.js';
import { writeEni } from '../eni-book.js';
import { requireState } from '../lifecycle.js';
import { boundedList, integer, type Params, refuseParameters, required } from '../params.js';
import type { Eni, Moment, World } from '../world.js';
import type { Action } from './action.js';

const maxSecondary = 49;
const maxListed = 10;

/** Synchronous, all or nothing; the answer holds the new addresses. */
export const assignPrivateIpAddresses: Action = {
  product: 'ecs',
  name: 'AssignPrivateIpAddresses',
  needsRegion: true,
  takesToken: true,
  run(world, params, at) {
    const eni = requireEni(world, required(params, 'NetworkInterfaceId'));
    requireUnlocked(eni, at.nowMs);
    requireState(eni, 'change addresses');
    const wanted = wantedAddresses(params, at.twist.assignAtMost);
    const total = wanted.count + wanted.listed.length;
    if (eni.ips.length + total > addressLimit(world, eni)) {
      throw cloudError(
        'InvalidOperation.Ipv4CountExceeded',
        `"${eni.id}" has ${eni.ips.length} of ${addressLimit(world, eni)} addresses, ${total} more were asked for.`,
      );
    }
    const assigned = take(world, eni, wanted, at);
    const lockedUntilMs = at.answeredAtMs + world.knobs.eniLockMs;
    writeEni(world, { ...eni, ips: [...eni.ips, ...assigned], lockedUntilMs }, at.nowMs);
    return {
      AssignedPrivateIpAddressesSet: {
        NetworkInterfaceId: eni.id,
        PrivateIpSet: { PrivateIpAddress: assigned },
        Ipv4PrefixSet: { Ipv4Prefixes: [] },
      },
    };
  },
};

interface Wanted {
  readonly listed: readonly string[];
  readonly count: number;
}

function wantedAddresses(params: Params, atMost = maxSecondary): Wanted {
  refuseParameters(params, ['Ipv4Prefix', 'Ipv4PrefixCount']);
  const count = integer(params, 'SecondaryPrivateIpAddressCount', { min: 1, max: maxSecondary });
  const listed = boundedList(params, 'PrivateIpAddress', maxListed);
  if (count !== undefined && listed.length > 0) {
    throw cloudError('InvalidParameter.Conflict', 'SecondaryPrivateIpAddressCount excludes PrivateIpAddress.N.');
  }
  if (count === undefined && listed.length === 0) {
    throw cloudError('MissingParameter', '"SecondaryPrivateIpAddressCount" or "PrivateIpAddress.N" is mandatory.');
  }
  return { listed, count: Math.min(count ?? 0, atMost) };
}

function take(world: World, eni: Eni, { listed, count }: Wanted, at: Moment): readonly string[] {
  const vSwitch = requireVSwitch(world, eni.vSwitchId);
  requireFreeAddresses(vSwitch, listed);
  requireRoom(world, eni.vpcId, eni.securityGroupIds, listed.length + count);
  takeGivenAddresses(world, vSwitch, { ips: listed, eniId: eni.id }, at.nowMs);
  const random = takeAddresses(world, vSwitch, { count, eniId: eni.id }, at.nowMs);
  if (!random) throw ipNotEnough(vSwitch.id);
  return [...listed, ...random];
}
