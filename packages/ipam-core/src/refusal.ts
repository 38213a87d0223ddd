/** Why a call was refused, in one word that the runbook explains. Every reason is listed here and nowhere else. */
export const refusalReasons = [
  'invalid-request',
  'node-unknown',
  'node-mismatch',
  'node-frozen',
  'node-recovering',
  'sync-required',
  'session-superseded',
  'generation-changed',
  'store-went-back',
  'store-unavailable',
  'schema-too-new',
  'claim-lost',
  'record-changed',
  'allocation-released',
  'pool-exhausted',
  'vswitch-exhausted',
  'eni-limit-reached',
  'cloud-throttled',
  'cloud-unavailable',
  'cloud-refused',
  'shutting-down',
  'ipam-unavailable',
  'address-in-use',
  'offline-reserve-empty',
] as const;

export type RefusalReason = (typeof refusalReasons)[number];

export interface RefusalFacts {
  /** When it makes sense to ask again. */
  readonly retryAfterMs?: number;
  /** Facts for the log and for on-call, for example `vswitch_id`, `request_id`, `field`. */
  readonly details?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An expected no. Every other error is a bug. */
export class IpamRefusal extends Error {
  override readonly name = 'IpamRefusal';
  readonly retryAfterMs: number | undefined;
  readonly details: Readonly<Record<string, string>>;

  constructor(
    readonly reason: RefusalReason,
    message: string,
    facts: RefusalFacts = {},
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.retryAfterMs = facts.retryAfterMs;
    this.details = facts.details ?? {};
  }
}
