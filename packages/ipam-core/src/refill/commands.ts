import type { Eni, NodeLimits } from '../eni.js';
import type { AssignIntent, CreateEniIntent, RemoveEniIntent, UnassignIntent } from '../intent.js';
import type { Obstacle } from '../record.js';

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

/** The holder has nothing under way and goes: another replica need not wait for the claim to lapse. */
export interface ReleaseClaimCommand {
  readonly kind: 'release-claim';
  readonly guard: Guard;
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
