import type { Address } from './address.js';
import type { Eni, NodeLimits } from './eni.js';
import type { AssignIntent, CreateEniIntent, Intent, RemoveEniIntent, UnassignIntent } from './intent.js';
import type { Owner, Pod } from './owner.js';
import type { NodeRecord, Obstacle } from './record.js';
import type { RefusalReason } from './refusal.js';

/** Who asks, and what of the record the asker has seen: in every command of an agent. */
export interface Fence {
  readonly incarnation: string;
  /** Empty in `open`. */
  readonly session: string;
  /** Empty before the first answer. */
  readonly generation: string;
  readonly lastAgentSeq: number;
}

/** A promise of the agent: the address is not wired, and will not be used under this term. */
export interface Departure {
  readonly ip: string;
  readonly term: string;
}

export interface OpenCommand {
  readonly kind: 'open';
  readonly nodeId: string;
  readonly fence: Omit<Fence, 'session'>;
  readonly nodeName: string;
  /** Random: becomes the session. */
  readonly newSession: string;
  /** Random: becomes the generation of a record that is made now. */
  readonly newGeneration: string;
}

export interface WiredAddress {
  readonly ip: string;
  readonly eniMac: string;
  /** Absent where the kernel shows the address and the journal knows no owner. */
  readonly holder?: { readonly owner: Owner; readonly allocationId: string; readonly pod: Pod };
}

export interface SyncCommand {
  readonly kind: 'sync';
  readonly fence: Fence;
  readonly wired: readonly WiredAddress[];
  readonly cooling: readonly { readonly ip: string; readonly remainingMs: number }[];
  readonly departed: readonly Departure[];
  readonly seenMacs: readonly string[];
  readonly journalIntact: boolean;
  /** Random: fresh terms are made of it. */
  readonly seed: string;
}

export interface AllocateCommand {
  readonly kind: 'allocate';
  readonly fence: Fence;
  readonly owner: Owner;
  readonly allocationId: string;
  readonly pod: Pod;
  /** Unix ms until which the caller waits. */
  readonly untilMs: number;
}

export interface ReleaseCommand {
  readonly kind: 'release';
  readonly fence: Fence;
  readonly owner: Owner;
  readonly allocationId: string;
  readonly addressInUse: boolean;
}

export interface RenewCommand {
  readonly kind: 'renew';
  readonly fence: Fence;
  /** Empty = do not compare: another call of the node is in flight. */
  readonly journalDigest: string;
  readonly departed: readonly Departure[];
  readonly seenMacs: readonly string[];
  readonly seed: string;
}

/** Proof that the writer still refills this node: compared for equality only. */
export interface Guard {
  readonly token: string;
  readonly generation: string;
}

/** Take the claim or renew it, and let pass what time alone decides. */
export interface ClaimCommand {
  readonly kind: 'claim';
  readonly token: string;
}

/** One ENI of ours as a listing of the node's ENIs shows it. */
export interface ListedEni {
  readonly eniId: string;
  readonly mac: string;
  readonly vSwitchId: string;
  readonly zoneId: string;
  readonly cidr: string;
  readonly status: 'attaching' | 'in-use' | 'leaving';
  readonly primaryIp: string;
  readonly ips: readonly string[];
}

/** A complete listing of the node's ENIs that are ours. */
export interface ListingCommand {
  readonly kind: 'listing';
  readonly guard: Guard;
  readonly beganAtMs: number;
  readonly enis: readonly ListedEni[];
  readonly seed: string;
}

export interface SetLimitsCommand {
  readonly kind: 'set-limits';
  readonly guard: Guard;
  readonly limits: NodeLimits;
}

/** What a plan asks for; the intent's bookkeeping is added when it is opened. */
export type NewIntent =
  | Pick<CreateEniIntent, 'kind' | 'id' | 'vSwitchId' | 'secondaryAddresses'>
  | Pick<AssignIntent, 'kind' | 'id' | 'eniId' | 'count'>
  | Pick<UnassignIntent, 'kind' | 'id' | 'eniId' | 'ips'>
  | Pick<RemoveEniIntent, 'kind' | 'id' | 'eniId'>;

export interface OpenIntentCommand {
  readonly kind: 'open-intent';
  readonly guard: Guard;
  readonly intent: NewIntent;
}

/** Stored before each call, so that a successor knows what may have happened. */
export interface MarkSentCommand {
  readonly kind: 'mark-sent';
  readonly guard: Guard;
  readonly intentId: string;
  readonly attempt: number;
  readonly paramsHash: string;
}

export type IntentResult =
  | {
      readonly kind: 'created';
      readonly eni: Omit<Eni, 'status' | 'seen' | 'sinceMs'>;
      readonly ips: readonly string[];
    }
  | { readonly kind: 'attach-requested' }
  /** The ENI will not come to this node: it is deleted under the intent `removalId`. */
  | { readonly kind: 'attach-refused'; readonly removalId: string }
  | { readonly kind: 'assigned'; readonly ips: readonly string[] }
  | { readonly kind: 'unassigned' }
  | { readonly kind: 'detach-requested' }
  | { readonly kind: 'detached' }
  | { readonly kind: 'delete-requested' }
  /** The ENI does not exist any more. */
  | { readonly kind: 'gone' }
  /** Nothing happened, and nothing will: only for what adds. */
  | { readonly kind: 'abandoned' }
  /** Nothing is known to have happened: call again from `notBeforeMs` on, under a new attempt if that is `true`. */
  | { readonly kind: 'retry'; readonly notBeforeMs: number; readonly newAttempt: boolean };

export interface SettleCommand {
  readonly kind: 'settle';
  readonly guard: Guard;
  readonly intentId: string;
  readonly result: IntentResult;
  readonly seed: string;
}

export interface DepartCommand {
  readonly kind: 'depart';
  readonly guard: Guard;
  readonly ips: readonly string[];
}

export interface CancelDepartureCommand {
  readonly kind: 'cancel-departure';
  readonly guard: Guard;
  readonly ips: readonly string[];
  readonly seed: string;
}

export interface NoteObstacleCommand {
  readonly kind: 'note-obstacle';
  readonly guard: Guard;
  readonly obstacle: Obstacle | undefined;
}

/** The store may have lost its tail: every session ends, and agents' seqs are the witness. Run when an embedded store starts. */
export interface SuspectCommand {
  readonly kind: 'suspect';
}

/** An address as an agent needs it. */
export interface Grant {
  readonly address: Address;
  readonly eni: Eni;
}

export interface NodeView {
  readonly idle: readonly Grant[];
  readonly depart: readonly Departure[];
  readonly departing: readonly Departure[];
  /** 0 = the usual period. */
  readonly renewAfterMs: number;
  readonly resync: boolean;
  readonly recovering: boolean;
}

export type AllocateReply =
  | { readonly kind: 'granted'; readonly grant: Grant; readonly agentSeq: number }
  | { readonly kind: 'waiting'; readonly obstacle: Obstacle | undefined };

/** Each command and what it answers. */
export interface Replies {
  readonly open: { readonly session: string; readonly generation: string; readonly agentSeq: number };
  readonly sync: { readonly agentSeq: number; readonly view: NodeView };
  readonly allocate: AllocateReply;
  readonly release: { readonly agentSeq: number };
  readonly renew: { readonly agentSeq: number; readonly view: NodeView };
  readonly claim: NodeRecord;
  readonly listing: NodeRecord;
  readonly 'set-limits': NodeRecord;
  readonly 'open-intent': Intent;
  readonly 'mark-sent': Intent;
  readonly settle: NodeRecord;
  readonly depart: NodeRecord;
  readonly 'cancel-departure': NodeRecord;
  readonly 'note-obstacle': NodeRecord;
  readonly suspect: NodeRecord;
}

export type NodeCommand =
  | OpenCommand
  | SyncCommand
  | AllocateCommand
  | ReleaseCommand
  | RenewCommand
  | ClaimCommand
  | ListingCommand
  | SetLimitsCommand
  | OpenIntentCommand
  | MarkSentCommand
  | SettleCommand
  | DepartCommand
  | CancelDepartureCommand
  | NoteObstacleCommand
  | SuspectCommand;

export type CommandKind = NodeCommand['kind'];
export type CommandOf<K extends CommandKind> = Extract<NodeCommand, { readonly kind: K }>;

export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
  readonly retryAfterMs?: number;
  readonly details?: Readonly<Record<string, string>>;
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };
