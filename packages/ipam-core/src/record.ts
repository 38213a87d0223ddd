import type { Address } from './address.js';
import type { Eni, NodeLimits } from './eni.js';
import type { Intent } from './intent.js';
import type { Pod } from './owner.js';
import type { RefusalReason } from './refusal.js';

/** Everything about one node: what a store keeps together, so that it lives and dies together. Times are Unix ms. */
export interface NodeRecord {
  /** ECS instance id. */
  readonly nodeId: string;
  /** Random id made with the record; compared for equality only. */
  readonly generation: string;
  /** Kubernetes name; an attribute. */
  readonly nodeName: string;
  /** The latest time that any command has brought; commands never see an earlier one. */
  readonly clockMs: number;
  readonly agent: AgentState;
  readonly recovery: Recovery | undefined;
  /** Two agents claim this node: nothing is granted until this time. */
  readonly frozenUntilMs: number;
  readonly claim: Claim | undefined;
  readonly limits: NodeLimits | undefined;
  readonly obstacle: Obstacle | undefined;
  /** When the last complete listing of the node's ENIs began; 0 = never. */
  readonly listedAtMs: number;
  readonly enis: ReadonlyMap<string, Eni>;
  readonly addresses: ReadonlyMap<string, Address>;
  /** Who waits, by pod. */
  readonly demand: ReadonlyMap<string, Demand>;
  /** Allocation id -> when it was released before it was bound; refused until the agent's next session, or `tombstoneMs`. */
  readonly tombstones: ReadonlyMap<string, number>;
  readonly intents: ReadonlyMap<string, Intent>;
}

export interface AgentState {
  readonly incarnation: string;
  readonly session: string;
  /** The session's Sync has been taken in. */
  readonly synced: boolean;
  /** Advanced by each state-changing call of the agent, and by nothing else. */
  readonly seq: number;
  /** Last Sync or Renew. */
  readonly lastRenewMs: number;
  /** The incarnation before this one, and when it was left: two that alternate freeze the node. */
  readonly previousIncarnation: string;
  readonly incarnationSinceMs: number;
}

export type RecoveryCause =
  'record-new' | 'store-restarted' | 'generation-changed' | 'seq-went-back' | 'incarnation-changed';

export interface Recovery {
  readonly cause: RecoveryCause;
  /** When the loss was seen; a listing that counts begins later by the bound. */
  readonly sinceMs: number;
  /** A plain restart, where the agent's seq matches, needs no listing. */
  readonly needsListing: boolean;
  readonly reported: boolean;
  readonly listed: boolean;
}

/** Which replica refills the node; compared for equality together with the generation. */
export interface Claim {
  readonly token: string;
  readonly untilMs: number;
}

export interface Demand {
  readonly pod: Pod;
  /** The latest attempt: its release takes the place away. */
  readonly allocationId: string;
  readonly sinceMs: number;
  /** The caller's deadline: dropped by the next command after it. */
  readonly untilMs: number;
}

/** Why the refill cannot serve who waits: what a refusal tells the caller. */
export interface Obstacle {
  readonly reason: RefusalReason;
  readonly message: string;
  readonly details: Readonly<Record<string, string>>;
  readonly sinceMs: number;
  /** When the refill tries again. */
  readonly retryAtMs: number;
}

/** The lengths that the protocol fixes; all in ms. */
export interface ProtocolTimes {
  /** Rest of a released address: at least 30 s in production. */
  readonly cooldownMs: number;
  /** Cloud deadline plus visibility bound: how long a call that was sent can still change what a listing shows. */
  readonly boundMs: number;
  /** A claim not renewed for this long is free. */
  readonly claimMs: number;
  /** A destructive call needs an agent that has renewed within this time; below `boundMs`. */
  readonly freshMs: number;
  /** An agent that has not renewed for this long is silent. */
  readonly silentMs: number;
  /** Two incarnations that alternate within this time freeze the node, for as long. */
  readonly alternationMs: number;
  /** How long a released allocation id is remembered: longer than any caller waits. */
  readonly tombstoneMs: number;
}

export const defaultTimes: ProtocolTimes = {
  cooldownMs: 60_000,
  boundMs: 60_000,
  claimMs: 5_000,
  freshMs: 45_000,
  silentMs: 300_000,
  alternationMs: 600_000,
  tombstoneMs: 600_000,
};
