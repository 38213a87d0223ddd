import { offsetOf } from './address-pool.js';
import { type CloudError, cloudError, type ErrorCode } from './cloud-error.js';
import { eniOf } from './eni-book.js';
import type { Eni, Instance, SecurityGroup, Vpc, VSwitch, World } from './world.js';

/** What actions ask of the world before they change it. All throw CloudError. */

export function requireEni(world: World, eniId: string): Eni {
  return found(eniOf(world, eniId), 'InvalidEniId.NotFound', eniId);
}

export function requireInstance(world: World, instanceId: string): Instance {
  return found(world.instances.get(instanceId), 'InvalidEcsId.NotFound', instanceId);
}

export function requireVSwitch(world: World, vSwitchId: string): VSwitch {
  return found(world.vSwitches.get(vSwitchId), 'InvalidVSwitchId.NotFound', vSwitchId);
}

function requireVpc(world: World, vpcId: string): Vpc {
  const vpc = world.vpcs.get(vpcId);
  if (!vpc) throw new Error(`a vSwitch or an ENI names VPC ${vpcId}, which does not exist`);
  return vpc;
}

export function requireGroups(world: World, groupIds: readonly string[], vpcId: string): readonly SecurityGroup[] {
  const groups = groupIds.map((id) => found(world.securityGroups.get(id), 'InvalidSecurityGroupId.NotFound', id));
  const stranger = groups.find((group) => group.vpcId !== vpcId);
  if (stranger) throw cloudError('InvalidSecurityGroupId.NotVpc', `"${stranger.id}" is in "${stranger.vpcId}".`);
  if (groups.length > world.quotas.securityGroupsPerEni) throw cloudError('JoinedGroupLimitExceed');
  return groups;
}

/** The quotas of VPC and groups; what the vSwitch has free shows when the addresses are taken. */
export function requireRoom(world: World, vpcId: string, groupIds: readonly string[], addresses: number): void {
  if (requireVpc(world, vpcId).usedAddresses + addresses > world.quotas.addressesPerVpc) {
    throw cloudError('QuotaExceeded.PrivateIpAddress', `"${vpcId}" may use ${world.quotas.addressesPerVpc}.`);
  }
  for (const id of groupIds) {
    const group = world.securityGroups.get(id);
    if (group && group.usedAddresses + addresses > group.maxAddresses) {
      throw cloudError('SecurityGroupInstanceLimitExceed', `"${id}" takes ${group.maxAddresses}.`);
    }
  }
}

/** Addresses that the caller chose must be in the vSwitch, free, and listed once. */
export function requireFreeAddresses(vSwitch: VSwitch, ips: readonly string[]): void {
  for (const [index, ip] of ips.entries()) {
    const offset = offsetOf(vSwitch.pool, ip);
    if (offset === undefined) throw cloudError('InvalidVSwitchId.IpInvalid', `"${ip}" is not in ${vSwitch.cidr}.`);
    if (vSwitch.pool.holders.has(offset)) throw cloudError('InvalidIp.IpAssigned', `"${ip}" is taken.`);
    if (ips.indexOf(ip) !== index) throw cloudError('InvalidIp.IpRepeated', `"${ip}" comes twice.`);
  }
}

export function requireUnlocked(eni: Eni, nowMs: number): void {
  if (nowMs < eni.lockedUntilMs) {
    throw cloudError('Operation.Conflict', `Addresses of "${eni.id}" are being changed by another call.`);
  }
}

export function ipNotEnough(vSwitchId: string): CloudError {
  return cloudError('InvalidVSwitchId.IpNotEnough', `VSwitch "${vSwitchId}" has not enough IpAddress.`);
}

/** How many addresses an ENI may hold, its primary one included. */
export function addressLimit(world: World, eni: Eni): number {
  const instance = world.instances.get(eni.attachment?.instanceId ?? '');
  return world.instanceTypes.get(instance?.instanceType ?? '')?.ipsPerEni ?? unattachedAddressLimit;
}

/** 49 secondary addresses and the primary one. */
const unattachedAddressLimit = 50;

function found<T>(item: T | undefined, code: ErrorCode, id: string): T {
  if (item === undefined) throw cloudError(code, `"${id}" does not exist.`);
  return item;
}
