import type { Distribution } from './distribution.js';

/** Everything about the cloud's behaviour that no source fixes. Plain data: a preset is one of these. */
export interface Knobs {
  /** Time of a call by action; `default` for actions without a row. */
  readonly latency: Readonly<Record<string, Distribution>> & { readonly default: Distribution };
  /** Share of the latency that passes before the change is made, 0 to 1. */
  readonly latencyBeforeCommit: number;
  /** From the call to the end of the transition that it asks for. */
  readonly duration: Readonly<Record<'attach' | 'detach' | 'delete', Distribution>>;
  /** How late readers see a write. */
  readonly lag: Readonly<Record<'eni' | 'vSwitchCount' | 'metadata', Distribution>>;
  readonly throttle: ThrottleKnobs;
  /** From Unassign or Delete until an address can be handed out again. */
  readonly addressReleaseDelayMs: number;
  /** An ENI refuses another change of its addresses for this long after one has been answered. */
  readonly eniLockMs: number;
  /** Attachments that one instance takes at a time. */
  readonly attachesAtOnce: number;
  /** How long a ClientToken is remembered. */
  readonly tokenRetentionMs: number;
}

export interface ThrottleKnobs {
  /** `fixed-minute`: a budget per action and natural minute. */
  readonly mode: 'off' | 'fixed-minute';
  /** Calls per minute by action; `default` for actions without a row. */
  readonly budgets: Readonly<Record<string, number>> & { readonly default: number };
  readonly code: 'Throttling' | 'Throttling.User' | 'Throttling.Api';
  /** Share of each budget that other tools of the account use up, 0 to 1. */
  readonly foreignLoad: number;
}
