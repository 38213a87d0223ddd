import type { CloudEni, CloudInstance, CloudInstanceType } from './cloud-api.js';

export interface MemoryVSwitch {
  readonly vSwitchId: string;
  readonly vpcId: string;
  readonly zoneId: string;
  /** IPv4, /16 to /29. The first address and the last three are the cloud's own. */
  readonly cidr: string;
}

export interface VSwitchState extends MemoryVSwitch {
  /** Addresses of our ENIs. */
  readonly used: Set<string>;
  /** How many addresses others have taken. */
  foreign: number;
}

export interface EniState {
  eni: CloudEni;
  /** What the ENI is on its way to. */
  change?: { readonly to: 'InUse' | 'Available' | 'gone'; readonly atMs: number } | undefined;
}

export interface MemoryCloudState {
  readonly vSwitches: Map<string, VSwitchState>;
  readonly securityGroupIds: ReadonlySet<string>;
  readonly instances: Map<string, CloudInstance>;
  readonly instanceTypes: ReadonlyMap<string, CloudInstanceType>;
  readonly enis: Map<string, EniState>;
  /** ENIs that the account may have in all. */
  readonly eniQuota: number;
  /** ENIs that ever were; ids and MACs come from it. */
  serial: number;
}

/** An ENI that becomes available leaves its instance. */
export function withStatus(eni: CloudEni, status: CloudEni['status']): CloudEni {
  if (status !== 'Available') return { ...eni, status };
  const { instanceId: _, ...rest } = eni;
  return { ...rest, status };
}

/** Takes the ENI and its addresses out of the cloud. */
export function removeEni(state: MemoryCloudState, eniId: string): void {
  const eni = state.enis.get(eniId)?.eni;
  if (eni === undefined) return;
  freeAddresses(state, eni.vSwitchId, eni.ips);
  state.enis.delete(eniId);
}

export function freeAddresses(state: MemoryCloudState, vSwitchId: string, ips: readonly string[]): void {
  const used = state.vSwitches.get(vSwitchId)?.used;
  for (const ip of ips) used?.delete(ip);
}

export function freeCount(vSwitch: VSwitchState): number {
  return Math.max(0, hostCount(vSwitch.cidr) - vSwitch.used.size - vSwitch.foreign);
}

/** The lowest free addresses; the caller has checked that there are as many. */
export function takeAddresses(vSwitch: VSwitchState, count: number): readonly string[] {
  const taken: string[] = [];
  const first = networkOf(vSwitch.cidr) + 1;
  for (let i = 0; taken.length < count && i < hostCount(vSwitch.cidr); i++) {
    const ip = dotted(first + i);
    if (vSwitch.used.has(ip)) continue;
    vSwitch.used.add(ip);
    taken.push(ip);
  }
  return taken;
}

/** Addresses that ENIs can have. */
export function hostCount(cidr: string): number {
  const reserved = 4;
  return 2 ** (32 - Number(cidr.split('/')[1])) - reserved;
}

function networkOf(cidr: string): number {
  const [address = ''] = cidr.split('/');
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
