import type { Owner, Pod } from '@terway/ipam-core';
import type { ReleaseCause } from './journal/journal.js';
import type { Departure, LeasedAddress } from './leased-address.js';

/** Who asks, and what of the node's record the asker has seen. */
export interface NodeFence {
  readonly instanceId: string;
  readonly incarnation: string;
  readonly session: string;
  readonly generation: string;
  readonly lastAgentSeq: number;
}

/** What the centre tells a node about its own addresses. */
export interface NodeView {
  /** All addresses that the agent may bind by itself while the centre is away, the one idle longest first. */
  readonly idle: readonly LeasedAddress[];
  /** Addresses that should leave the node. */
  readonly depart: readonly Departure[];
  /** Departures under way: a Sync forgets all others. */
  readonly departing: readonly Departure[];
  /** The next Renew is due after this time at the latest; 0 = the usual period. */
  readonly renewAfterMs: number;
  readonly resync: boolean;
  readonly recovering: boolean;
}

export interface Opened {
  readonly session: string;
  readonly generation: string;
  readonly agentSeq: number;
  /** How long a released address rests; 0 = the agent's own setting. */
  readonly cooldownMs: number;
  /** Routes inside every pod beside the default route, as CIDRs. */
  readonly extraRoutes: readonly string[];
}

export interface WiredAddress {
  readonly ip: string;
  readonly eniMac: string;
  /** Absent when the kernel shows the address and the journal knows no owner. */
  readonly holder?: { readonly owner: Owner; readonly allocationId: string; readonly pod: Pod };
}

/** Everything that the node has wired, and what it has promised. */
export interface Statement {
  readonly wired: readonly WiredAddress[];
  readonly cooling: readonly { readonly ip: string; readonly remainingMs: number }[];
  readonly departed: readonly Departure[];
  readonly seenMacs: readonly string[];
  readonly journalIntact: boolean;
}

export interface Renewal {
  /** Empty while another call of the node is in flight. */
  readonly journalDigest: string;
  readonly departed: readonly Departure[];
  readonly seenMacs: readonly string[];
}

export interface AllocateAsk {
  readonly owner: Owner;
  readonly allocationId: string;
  readonly pod: Pod;
}

export interface ReleaseAsk {
  readonly owner: Owner;
  readonly allocationId: string;
  readonly cause: ReleaseCause;
}

export interface Granted {
  readonly address: LeasedAddress;
  readonly agentSeq: number;
  readonly generation: string;
  readonly session: string;
}

export interface Viewed {
  readonly agentSeq: number;
  readonly view: NodeView;
}

/** Bounds of one call. */
export interface CallLimits {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The centre, as the agent sees it. Every call may throw an IpamRefusal; `ipam-unavailable` says that no answer came,
 * and that the outcome is unknown.
 */
export interface IpamClient {
  open(fence: NodeFence, nodeName: string, limits: CallLimits): Promise<Opened>;
  sync(fence: NodeFence, statement: Statement, limits: CallLimits): Promise<Viewed>;
  allocate(fence: NodeFence, ask: AllocateAsk, limits: CallLimits): Promise<Granted>;
  release(fence: NodeFence, ask: ReleaseAsk, limits: CallLimits): Promise<{ readonly agentSeq: number }>;
  renew(fence: NodeFence, renewal: Renewal, limits: CallLimits): Promise<Viewed>;
}
