import type { AddressPool } from './address-pool.js';
import type { DueQueue } from './due-queue.js';
import type { InstanceType } from './instance-types.js';
import type { Knobs } from './knobs.js';
import type { Lagged } from './lagged.js';
import type { LinkEvent } from './link-event.js';
import type { Random } from './random.js';

/** The account as it truly is. Actions change it through `eni-book.ts` and `address-book.ts`, never by hand. */
export interface World {
  readonly regionId: string;
  /** 16 digits. */
  readonly ownerId: string;
  knobs: Knobs;
  readonly quotas: Quotas;
  readonly vpcs: Map<string, Vpc>;
  readonly vSwitches: Map<string, VSwitch>;
  readonly securityGroups: Map<string, SecurityGroup>;
  readonly instances: Map<string, Instance>;
  readonly instanceTypes: Map<string, InstanceType>;
  /** In the order of creation. A row outlives its ENI while readers still see it. */
  readonly enis: Map<string, EniRow>;
  /** Instance -> its ENIs, from Attaching to Detaching, the primary one included. */
  readonly enisOn: Map<string, ReadonlySet<string>>;
  /** ENIs that somebody still sees as they were. */
  readonly lagging: Set<string>;
  readonly due: DueQueue<Due>;
  readonly random: Readonly<
    Record<'ids' | 'addresses' | 'requests' | 'durations' | 'lag' | 'latency' | 'faults', Random>
  >;
  /** ENIs written since the invariants were last looked at. */
  readonly touched: Set<string>;
  /** ENIs that exist now. */
  eniCount: number;
  /** ENIs created ever: the position of the next one in listings. */
  enisCreated: number;
  readonly onLink: (event: LinkEvent) => void;
}

export interface Quotas {
  enis: number;
  addressesPerVpc: number;
  securityGroupsPerEni: number;
}

export interface Vpc {
  readonly id: string;
  readonly cidr: string;
  usedAddresses: number;
}

export interface VSwitch {
  readonly id: string;
  readonly vpcId: string;
  readonly zoneId: string;
  readonly cidr: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly pool: AddressPool;
  /** What DescribeVSwitches counts. */
  shownFree: Lagged<number>;
}

export interface SecurityGroup {
  readonly id: string;
  readonly vpcId: string;
  readonly maxAddresses: number;
  usedAddresses: number;
}

export interface Instance {
  readonly id: string;
  readonly instanceType: string;
  readonly zoneId: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  status: 'Running' | 'Stopped' | 'Starting' | 'Stopping' | 'Pending';
  readonly primaryEniId: string;
  readonly primaryIp: string;
  readonly securityGroupIds: readonly string[];
  readonly tags: Tags;
  readonly createdAtMs: number;
}

export type Tags = Readonly<Record<string, string>>;

export type EniStatus = 'Available' | 'Attaching' | 'InUse' | 'Detaching' | 'Deleting';

/** One ENI. The record is never changed, only replaced. */
export interface Eni {
  readonly id: string;
  readonly mac: string;
  readonly type: 'Primary' | 'Secondary' | 'Trunk';
  readonly status: EniStatus;
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly zoneId: string;
  readonly securityGroupIds: readonly string[];
  readonly primaryIp: string;
  /** All addresses, the primary one first. */
  readonly ips: readonly string[];
  readonly attachment: Attachment | undefined;
  readonly tags: Tags;
  readonly name: string;
  readonly description: string;
  readonly resourceGroupId: string;
  readonly deleteOnRelease: boolean;
  readonly createdAtMs: number;
  /** Position in listings. */
  readonly order: number;
  /** Another change of its addresses is refused until then. */
  readonly lockedUntilMs: number;
  readonly transition: Transition | undefined;
}

interface Attachment {
  readonly instanceId: string;
  readonly deviceIndex: number;
}

/** A change of state under way. */
export interface Transition {
  readonly kind: 'attach' | 'detach' | 'delete';
  /** Infinity: stuck. */
  readonly dueMs: number;
  /** An attachment that fails falls back to Available. */
  readonly fails: boolean;
}

export interface EniRow {
  /** Undefined when it is gone. */
  readonly truth: Eni | undefined;
  /** What Describe shows. */
  readonly listed: Lagged<Eni | undefined>;
  /** What the metadata service of its instance shows. */
  readonly metadata: Lagged<Eni | undefined>;
}

export type Due =
  | { readonly kind: 'transition'; readonly eniId: string }
  | { readonly kind: 'release'; readonly vSwitchId: string; readonly ips: readonly string[] };

/** What an action knows of its call beside the parameters. */
export interface Moment {
  readonly nowMs: number;
  /** When the caller will have the answer. */
  readonly answeredAtMs: number;
  readonly twist: Twist;
}

/** What a fault does to an action that is carried out. */
export interface Twist {
  /** What becomes of the transition that the action starts. */
  readonly transition?: 'stuck' | 'fails';
  /** Times the ordinary duration of the transition. */
  readonly slowdown?: number;
  /** Added to the duration of the transition. */
  readonly extraMs?: number;
  /** Probability of each row to be missing from a listing. */
  readonly missingRows?: number;
  /** The ENI is created, but the answer holds no id. */
  readonly emptyId?: boolean;
  /** Fewer addresses than asked for. */
  readonly assignAtMost?: number;
}
