/**
 * A cloud mutation written down before it is made, so that whoever comes next can carry it on.
 * `attempt` and `paramsHash` are stored before each call: the same attempt may be sent again when the outcome is
 * unknown, a definite error or other parameters begin a new attempt.
 */
interface IntentBase {
  /** 128 random bits. */
  readonly id: string;
  readonly createdAtMs: number;
  readonly attempt: number;
  readonly paramsHash: string;
  /** Calls made under the present attempt; more than one means that the answer may be a replay. */
  readonly sends: number;
  /** First call under the present attempt, from which the life of its token counts; 0 before it. */
  readonly attemptSentAtMs: number;
  /** 0 before the first call. */
  readonly lastSentAtMs: number;
  /** No call before this time: back-off after an answer that changed nothing. */
  readonly notBeforeMs: number;
}

export interface CreateEniIntent extends IntentBase {
  readonly kind: 'create-eni';
  readonly vSwitchId: string;
  readonly secondaryAddresses: number;
  /** Empty until the cloud has answered. */
  readonly eniId: string;
  readonly phase: 'create' | 'attach' | 'await-in-use';
}

export interface AssignIntent extends IntentBase {
  readonly kind: 'assign';
  readonly eniId: string;
  readonly count: number;
  /** Addresses of the ENI before the first call: what is there later and not in here came from it. */
  readonly before: readonly string[];
}

export interface UnassignIntent extends IntentBase {
  readonly kind: 'unassign';
  readonly eniId: string;
  readonly ips: readonly string[];
}

export interface RemoveEniIntent extends IntentBase {
  readonly kind: 'remove-eni';
  readonly eniId: string;
  readonly phase: 'detach' | 'await-available' | 'delete' | 'await-gone';
}

export type Intent = CreateEniIntent | AssignIntent | UnassignIntent | RemoveEniIntent;

export function isDestructive(intent: Intent): intent is UnassignIntent | RemoveEniIntent {
  return intent.kind === 'unassign' || intent.kind === 'remove-eni';
}

/** Addresses that will come once the intent is done. */
export function expectedAddresses(intent: Intent): number {
  if (intent.kind === 'assign') return intent.count;
  return intent.kind === 'create-eni' && intent.eniId === '' ? 1 + intent.secondaryAddresses : 0;
}
