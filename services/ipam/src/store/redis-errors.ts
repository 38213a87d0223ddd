import { IpamRefusal } from '@terway/ipam-core';
import { errorText } from '@terway/runtime';

/** What an error of Redis or of the way to it means for the call that got it. */
export interface Verdict {
  readonly cause: string;
  /** `unknown`: the call may have been carried out, or may still be. */
  readonly executed: 'no' | 'unknown';
  /** The same call may be sent again at once, with the same request id. */
  readonly again: boolean;
  /** When it makes sense for the caller to come back. */
  readonly retryAfterMs: number;
}

interface Row extends Verdict {
  readonly text: RegExp;
}

const refused = { executed: 'no', again: true, retryAfterMs: 1_000 } as const;
const stuck = { executed: 'no', again: false, retryAfterMs: 5_000 } as const;
const lost = { executed: 'unknown', again: true, retryAfterMs: 1_000 } as const;

/** Codes are looked for anywhere in the text: servers and proxies put words of their own before and after them. */
const rows: readonly Row[] = [
  { text: /READONLY/, cause: 'read-only', ...refused },
  { text: /MASTERDOWN/, cause: 'replica-without-master', ...refused },
  { text: /LOADING/, cause: 'loading', ...refused },
  { text: /UNKILLABLE|BUSY/, cause: 'busy', ...refused },
  { text: /NOREPLICAS/, cause: 'too-few-replicas', ...refused },
  { text: /CLUSTERDOWN/, cause: 'cluster-down', ...refused },
  { text: /TRYAGAIN|MOVED|\bASK\b/, cause: 'slot-moving', ...refused },
  { text: /isn't writeable/, cause: 'not-connected', ...refused },
  { text: /\bOOM\b/, cause: 'out-of-memory', ...stuck },
  { text: /MISCONF/, cause: 'not-persisting', ...stuck },
  { text: /NOAUTH|WRONGPASS|NOPERM|invalid password/, cause: 'not-authorised', ...stuck, retryAfterMs: 10_000 },
  { text: /max number of clients/, cause: 'too-many-clients', ...stuck, retryAfterMs: 10_000 },
  { text: /too many pending request/, cause: 'too-many-pending', ...stuck, retryAfterMs: 1_000 },
  { text: /NOWRITE|NOREAD|not support for your account/, cause: 'not-permitted', ...stuck, retryAfterMs: 30_000 },
  { text: /redis temporary failure|ErrorCode 7002/, cause: 'backend-timeout', ...lost },
  { text: /timed out|timeout/i, cause: 'timeout', ...lost },
  { text: /Connection is closed|max retries per request|ECONN|EPIPE|EHOSTUNREACH/i, cause: 'connection-lost', ...lost },
];

/** Undefined for an error that no store gives: a fault of this program, or of a script. */
export function verdictOn(error: unknown): Verdict | undefined {
  const text = errorText(error);
  const row = rows.find((candidate) => candidate.text.test(text));
  if (row === undefined) return undefined;
  const { text: _, ...verdict } = row;
  return verdict;
}

export function storeUnavailable({ cause, executed, retryAfterMs }: Verdict, error: unknown): IpamRefusal {
  return new IpamRefusal('store-unavailable', `the store cannot serve this call: ${errorText(error)}`, {
    retryAfterMs,
    details: { cause, executed },
    cause: error,
  });
}
