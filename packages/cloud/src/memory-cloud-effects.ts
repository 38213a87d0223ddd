import type { AssignAddresses, CloudEni, CloudInstance, CreateEni, EniOnInstance } from './cloud-api.js';
import {
  type EniState,
  freeAddresses,
  type MemoryCloudState,
  removeEni,
  takeAddresses,
  withStatus,
} from './memory-cloud-state.js';

/** What the calls do once nothing speaks against them. */

export function createEni(state: MemoryCloudState, call: CreateEni, nowMs: number): CloudEni {
  const vSwitch = state.vSwitches.get(call.vSwitchId);
  const ips = vSwitch === undefined ? [] : takeAddresses(vSwitch, 1 + call.secondaryAddresses);
  return addEni(state, {
    type: 'Secondary',
    status: 'Available',
    vSwitchId: call.vSwitchId,
    vpcId: vSwitch?.vpcId ?? '',
    zoneId: vSwitch?.zoneId ?? '',
    ips,
    securityGroupIds: [...call.securityGroupIds],
    tags: { ...call.tags },
    createdAtMs: nowMs,
  });
}

/** The primary ENI of an instance, born with it. */
export function addPrimaryEni(state: MemoryCloudState, instance: CloudInstance, nowMs: number): void {
  const { instanceId, vSwitchId, vpcId, zoneId, primaryIp, securityGroupIds } = instance;
  state.vSwitches.get(vSwitchId)?.used.add(primaryIp);
  const fixed = { type: 'Primary', status: 'InUse', tags: {}, createdAtMs: nowMs } as const;
  addEni(state, { ...fixed, instanceId, vSwitchId, vpcId, zoneId, ips: [primaryIp], securityGroupIds });
}

/** `to` is where the attachment ends: `Available` when the cloud gives it up. */
export function attachEni(
  state: MemoryCloudState,
  call: EniOnInstance,
  change: { readonly to: 'InUse' | 'Available'; readonly atMs: number },
): void {
  const entry = state.enis.get(call.eniId);
  if (entry === undefined) return;
  entry.eni = { ...entry.eni, status: 'Attaching', instanceId: call.instanceId };
  entry.change = change;
}

export function detachEni(state: MemoryCloudState, eniId: string, atMs: number): void {
  begin(state.enis.get(eniId), 'Detaching', { to: 'Available', atMs });
}

export function deleteEni(state: MemoryCloudState, eniId: string, atMs: number): void {
  begin(state.enis.get(eniId), 'Deleting', { to: 'gone', atMs });
}

export function assignAddresses(state: MemoryCloudState, call: AssignAddresses): readonly string[] {
  const entry = state.enis.get(call.eniId);
  const vSwitch = entry && state.vSwitches.get(entry.eni.vSwitchId);
  if (entry === undefined || vSwitch === undefined) return [];
  const ips = takeAddresses(vSwitch, call.count);
  entry.eni = { ...entry.eni, ips: [...entry.eni.ips, ...ips] };
  return ips;
}

export function unassignAddresses(state: MemoryCloudState, eniId: string, ips: readonly string[]): void {
  const entry = state.enis.get(eniId);
  if (entry === undefined) return;
  freeAddresses(state, entry.eni.vSwitchId, ips);
  entry.eni = { ...entry.eni, ips: entry.eni.ips.filter((ip) => !ips.includes(ip)) };
}

/** Completes every change that is due. */
export function settle(state: MemoryCloudState, nowMs: number): void {
  for (const entry of state.enis.values()) {
    const { change } = entry;
    if (change === undefined || change.atMs > nowMs) continue;
    entry.change = undefined;
    if (change.to === 'gone') removeEni(state, entry.eni.eniId);
    else entry.eni = withStatus(entry.eni, change.to);
  }
}

function begin(entry: EniState | undefined, status: CloudEni['status'], change: NonNullable<EniState['change']>): void {
  if (entry === undefined) return;
  entry.eni = withStatus(entry.eni, status);
  entry.change = change;
}

function addEni(state: MemoryCloudState, fields: Omit<CloudEni, 'eniId' | 'mac' | 'primaryIp'>): CloudEni {
  state.serial += 1;
  const tail = state.serial.toString(16).padStart(6, '0');
  const eni: CloudEni = {
    eniId: `eni-${tail}`,
    mac: `00:16:3e:${tail.slice(0, 2)}:${tail.slice(2, 4)}:${tail.slice(4, 6)}`,
    primaryIp: fields.ips[0] ?? '',
    ...fields,
  };
  state.enis.set(eni.eniId, { eni });
  return eni;
}
