import type { Outcome } from './outcome.js';

/**
 * Alibaba Cloud's ENI and vSwitch calls in our types: one method is one action (a listing is all its pages). Every
 * method is one attempt that ends at the signal or at the adapter's deadline, and never throws: what went wrong is the
 * outcome. Ids and addresses are the cloud's own strings; times are Unix milliseconds.
 */
export interface CloudApi {
  /** Creates an ENI with its addresses; `Available` when the answer comes, not yet attached. */
  createEni(call: CreateEni, signal: AbortSignal): Promise<Outcome<CloudEni>>;
  /** Asks for the attachment; done when a listing shows `InUse`, failed when it shows `Available` again. */
  attachEni(call: EniOnInstance, signal: AbortSignal): Promise<Outcome<void>>;
  /** Asks for the detachment; done when a listing shows `Available`. */
  detachEni(call: EniOnInstance, signal: AbortSignal): Promise<Outcome<void>>;
  /** Asks for the deletion; done when no listing shows the ENI. */
  deleteEni(call: { readonly eniId: string }, signal: AbortSignal): Promise<Outcome<void>>;
  /** Adds secondary addresses, all or nothing; the answer holds them. */
  assignAddresses(call: AssignAddresses, signal: AbortSignal): Promise<Outcome<readonly string[]>>;
  /** Takes secondary addresses away, all or nothing. */
  unassignAddresses(call: UnassignAddresses, signal: AbortSignal): Promise<Outcome<void>>;
  /** Every ENI that matches, from all pages; a page that fails makes the whole listing fail. */
  listEnis(filter: EniFilter, signal: AbortSignal): Promise<Outcome<readonly CloudEni[]>>;
  /** Instances by id; unknown ids are missing from the answer. At most 100 ids. */
  listInstances(instanceIds: readonly string[], signal: AbortSignal): Promise<Outcome<readonly CloudInstance[]>>;
  /** Limits of instance types; unknown types are missing from the answer. At most 10 types. */
  listInstanceTypes(types: readonly string[], signal: AbortSignal): Promise<Outcome<readonly CloudInstanceType[]>>;
  /** Every vSwitch of a VPC. */
  listVSwitches(vpcId: string, signal: AbortSignal): Promise<Outcome<readonly CloudVSwitch[]>>;
}

export interface CreateEni {
  readonly vSwitchId: string;
  readonly securityGroupIds: readonly string[];
  /** Beside the primary address: 0 to 49. */
  readonly secondaryAddresses: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly name: string;
  readonly description: string;
  readonly resourceGroupId?: string;
  /** At most 64 ASCII characters; the same token and parameters within 24 hours give the same ENI. */
  readonly clientToken: string;
}

export interface EniOnInstance {
  readonly eniId: string;
  readonly instanceId: string;
}

export interface AssignAddresses {
  readonly eniId: string;
  /** 1 to 10. */
  readonly count: number;
  readonly clientToken: string;
}

export interface UnassignAddresses {
  readonly eniId: string;
  /** 1 to 10 secondary addresses. */
  readonly ips: readonly string[];
}

/** Fields are joined by AND. */
export interface EniFilter {
  readonly eniIds?: readonly string[];
  readonly instanceId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly status?: EniStatus;
}

export type EniStatus =
  'Creating' | 'Available' | 'Attaching' | 'InUse' | 'Detaching' | 'Deleting' | 'CreateFailed' | 'Unknown';

export interface CloudEni {
  readonly eniId: string;
  /** Lower case, with colons. */
  readonly mac: string;
  readonly type: 'Primary' | 'Secondary' | 'Trunk' | 'Member';
  readonly status: EniStatus;
  readonly vSwitchId: string;
  readonly vpcId: string;
  readonly zoneId: string;
  /** Absent while not attached. */
  readonly instanceId?: string;
  readonly primaryIp: string;
  /** All IPv4 addresses, the primary one included. */
  readonly ips: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
}

export interface CloudInstance {
  readonly instanceId: string;
  readonly instanceType: string;
  readonly zoneId: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  /** `Running`, `Stopped` and the like. */
  readonly status: string;
  readonly primaryIp: string;
  readonly securityGroupIds: readonly string[];
}

export interface CloudInstanceType {
  readonly instanceType: string;
  /** ENIs of an instance, the primary one included. */
  readonly enis: number;
  /** IPv4 addresses of an ENI, the primary one included. */
  readonly ipsPerEni: number;
}

export interface CloudVSwitch {
  readonly vSwitchId: string;
  readonly vpcId: string;
  readonly zoneId: string;
  readonly cidr: string;
  /** As the cloud last counted: advisory, up to a minute old. */
  readonly freeAddresses: number;
}
