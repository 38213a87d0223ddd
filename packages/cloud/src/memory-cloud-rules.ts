import type { AssignAddresses, CreateEni, EniOnInstance, UnassignAddresses } from './cloud-api.js';
import { freeCount, type MemoryCloudState } from './memory-cloud-state.js';

/** Why the real cloud would refuse. */
export interface Complaint {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Addresses of an ENI that is not attached, the primary one included. */
const ipsWhileAvailable = 50;

export function createComplaint(state: MemoryCloudState, call: CreateEni): Complaint | undefined {
  const vSwitch = state.vSwitches.get(call.vSwitchId);
  if (vSwitch === undefined) return complaint(404, 'InvalidVSwitchId.NotFound', `no vSwitch "${call.vSwitchId}"`);
  if (call.securityGroupIds.length === 0) return complaint(400, 'MissingParameter', 'no security group');
  const strange = call.securityGroupIds.find((id) => !state.securityGroupIds.has(id));
  if (strange !== undefined) return complaint(404, 'InvalidSecurityGroupId.NotFound', `no group "${strange}"`);
  if (!within(call.secondaryAddresses, 0, 49)) return invalid('SecondaryPrivateIpAddressCount', '0 to 49');
  if (!/^[\x21-\x7e]{1,64}$/.test(call.clientToken)) return invalid('ClientToken', '1 to 64 ASCII characters');
  if (state.enis.size >= state.eniQuota) return complaint(403, 'MaxEniCountExceeded', 'the account has its most ENIs');
  return freeCount(vSwitch) < 1 + call.secondaryAddresses ? notEnough(call.vSwitchId) : undefined;
}

export function attachComplaint(state: MemoryCloudState, call: EniOnInstance): Complaint | undefined {
  const eni = state.enis.get(call.eniId)?.eni;
  if (eni === undefined) return noEni(call.eniId);
  const instance = state.instances.get(call.instanceId);
  if (instance === undefined) return complaint(404, 'InvalidEcsId.NotFound', `no instance "${call.instanceId}"`);
  if (!['Running', 'Stopped'].includes(instance.status)) {
    return complaint(400, 'InvalidOperation.InvalidEcsState', `the instance is ${instance.status}`);
  }
  if (eni.status !== 'Available') return wrongState(eni.status);
  if (eni.vpcId !== instance.vpcId) return complaint(403, 'InvalidOperation.VpcMismatch', 'another VPC');
  if (eni.zoneId !== instance.zoneId) {
    return complaint(403, 'InvalidOperation.AvailabilityZoneMismatch', 'another zone');
  }
  const limits = state.instanceTypes.get(instance.instanceType);
  const held = [...state.enis.values()].filter((other) => other.eni.instanceId === call.instanceId).length;
  if (limits === undefined || held >= limits.enis) {
    return complaint(403, 'EniPerInstanceLimitExceeded', `the instance has ${held} ENIs`);
  }
  return eni.ips.length > limits.ipsPerEni ? tooManyAddresses(limits.ipsPerEni) : undefined;
}

export function detachComplaint(state: MemoryCloudState, call: EniOnInstance): Complaint | undefined {
  const eni = state.enis.get(call.eniId)?.eni;
  if (eni === undefined) return noEni(call.eniId);
  if (eni.type === 'Primary') return complaint(400, 'InvalidOperation.DetachPrimaryEniNotAllowed', 'a primary ENI');
  const attached = eni.status === 'InUse' || eni.status === 'Detaching';
  return attached && eni.instanceId === call.instanceId ? undefined : wrongState(eni.status);
}

export function deleteComplaint(state: MemoryCloudState, eniId: string): Complaint | undefined {
  const eni = state.enis.get(eniId)?.eni;
  if (eni === undefined) return noEni(eniId);
  return eni.status === 'Available' || eni.status === 'Deleting' ? undefined : wrongState(eni.status);
}

export function assignComplaint(state: MemoryCloudState, call: AssignAddresses): Complaint | undefined {
  const eni = state.enis.get(call.eniId)?.eni;
  if (eni === undefined) return noEni(call.eniId);
  if (!within(call.count, 1, 10)) return invalid('SecondaryPrivateIpAddressCount', '1 to 10');
  if (eni.status !== 'Available' && eni.status !== 'InUse') return wrongState(eni.status);
  const instance = state.instances.get(eni.instanceId ?? '');
  const limit = state.instanceTypes.get(instance?.instanceType ?? '')?.ipsPerEni ?? ipsWhileAvailable;
  if (eni.ips.length + call.count > limit) return tooManyAddresses(limit);
  const vSwitch = state.vSwitches.get(eni.vSwitchId);
  return vSwitch === undefined || freeCount(vSwitch) < call.count ? notEnough(eni.vSwitchId) : undefined;
}

export function unassignComplaint(state: MemoryCloudState, call: UnassignAddresses): Complaint | undefined {
  const eni = state.enis.get(call.eniId)?.eni;
  if (eni === undefined) return noEni(call.eniId);
  if (!within(call.ips.length, 1, 10)) return invalid('PrivateIpAddress', '1 to 10 addresses');
  const strange = call.ips.find((ip) => ip === eni.primaryIp || !eni.ips.includes(ip));
  if (strange === undefined) return undefined;
  return complaint(403, 'InvalidIp.IpUnassigned', `${strange} is no secondary address of the ENI`);
}

/** At most `most` ids fit into one listing. */
export function idsComplaint(ids: readonly string[], most: number): Complaint | undefined {
  return ids.length > most ? invalid('ids', `at most ${most}`) : undefined;
}

function complaint(status: number, code: string, message: string): Complaint {
  return { status, code, message };
}

function noEni(eniId: string): Complaint {
  return complaint(404, 'InvalidEniId.NotFound', `no ENI "${eniId}"`);
}

function wrongState(status: string): Complaint {
  return complaint(400, 'InvalidOperation.InvalidEniState', `the ENI is ${status}`);
}

function tooManyAddresses(limit: number): Complaint {
  return complaint(403, 'InvalidOperation.Ipv4CountExceeded', `the ENI may have ${limit} addresses`);
}

function notEnough(vSwitchId: string): Complaint {
  const message = `The specified VSwitch "${vSwitchId}" has not enough IpAddress.`;
  return complaint(403, 'InvalidVSwitchId.IpNotEnough', message);
}

function invalid(field: string, expected: string): Complaint {
  return complaint(400, 'InvalidParameter', `${field}: expected ${expected}`);
}

function within(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
