/**
 * What became of one call to the cloud. A call is never retried inside the port: whoever holds the intent decides,
 * because only it knows whether the call may have happened already.
 */
export type Outcome<T> =
  /** The cloud did it. */
  | { readonly kind: 'done'; readonly value: T; readonly requestId: string }
  /** The cloud answered no: nothing has changed, and the same call would be refused again. */
  | ({ readonly kind: 'refused' } & CloudRefusal)
  /** Too many calls: nothing has changed, and the same call may succeed later. */
  | { readonly kind: 'throttled'; readonly code: string; readonly requestId: string; readonly retryAfterMs?: number }
  /** No usable answer: the call may have happened, may still happen, or may never happen. */
  | { readonly kind: 'unknown'; readonly cause: string };

export interface CloudRefusal {
  readonly reason: CloudRefusalReason;
  /** The cloud's own code, for example `InvalidVSwitchId.IpNotEnough`. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly requestId: string;
}

/** Why the cloud said no, as far as we act on it. `alibaba-errors.ts` maps the vendor's codes. */
export type CloudRefusalReason =
  | 'vswitch-exhausted'
  | 'eni-limit-reached'
  | 'address-limit-reached'
  | 'account-quota-reached'
  | 'already-so'
  | 'not-found'
  | 'wrong-state'
  | 'conflict'
  | 'idempotence-broken'
  | 'not-allowed'
  | 'rejected';
