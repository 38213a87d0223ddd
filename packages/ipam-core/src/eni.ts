/**
 * What the record knows of a secondary ENI of the node.
 *
 * - `created`: exists, not attached. `attaching`: asked for, no listing shows it in use yet.
 * - `in-use`: a listing shows it attached. `leaving`: being detached or deleted.
 * - `missing`: no listing shows it any more, and addresses of it are still held or wired.
 */
export interface Eni {
  readonly eniId: string;
  /** Lower case, with colons. */
  readonly mac: string;
  readonly vSwitchId: string;
  readonly zoneId: string;
  /** CIDR of the vSwitch. */
  readonly cidr: string;
  readonly primaryIp: string;
  readonly status: 'created' | 'attaching' | 'in-use' | 'leaving' | 'missing';
  /** The agent has reported that its kernel shows the MAC. */
  readonly seen: boolean;
  /** Unix ms at which the ENI came into the record or into its status. */
  readonly sinceMs: number;
}

/** Addresses of an ENI may be granted only when this holds. */
export function eniReady(eni: Eni | undefined): eni is Eni {
  return eni !== undefined && eni.status === 'in-use' && eni.seen;
}

/** What the cloud lets this node have; the numbers include the primary ENI and primary addresses. */
export interface NodeLimits {
  readonly instanceType: string;
  readonly zoneId: string;
  readonly vpcId: string;
  /** vSwitch of the primary ENI: the fallback where the configuration names none for the zone. */
  readonly vSwitchId: string;
  readonly securityGroupIds: readonly string[];
  readonly enis: number;
  readonly ipsPerEni: number;
}

/** Pods that a node can address in shared mode: (ENIs - 1) x addresses per ENI. */
export function sharedCapacity(limits: Pick<NodeLimits, 'enis' | 'ipsPerEni'>): number {
  return Math.max(0, limits.enis - 1) * limits.ipsPerEni;
}

/** Pods that a node can address when each has an ENI of its own: ENIs - 1. */
export function dedicatedCapacity(limits: Pick<NodeLimits, 'enis'>): number {
  return Math.max(0, limits.enis - 1);
}
