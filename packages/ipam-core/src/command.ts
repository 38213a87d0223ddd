import type { Address } from './address.js';
import type { Eni } from './eni.js';
import type { Intent } from './intent.js';
import type { NodeRecord, Obstacle } from './record.js';
import type {
  CancelDepartureCommand,
  ClaimCommand,
  DepartCommand,
  ListingCommand,
  MarkSentCommand,
  NoteObstacleCommand,
  OpenIntentCommand,
  ReleaseClaimCommand,
  SetLimitsCommand,
  SettleCommand,
  SuspectCommand,
} from './refill/commands.js';
import type { RefusalReason } from './refusal.js';
import type {
  AllocateCommand,
  Departure,
  OpenCommand,
  ReleaseCommand,
  RenewCommand,
  SyncCommand,
} from './request/commands.js';

export type * from './refill/commands.js';
export type * from './request/commands.js';

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
  readonly 'release-claim': NodeRecord;
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
  | ReleaseClaimCommand
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
