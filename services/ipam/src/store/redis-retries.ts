import { type Backoff, backoffMs } from '@terway/runtime';
import { storeUnavailable, verdictOn } from './redis-errors.js';

export interface Patience {
  /** No attempt begins later than this after the first. */
  readonly patienceMs: number;
  readonly monotonicMs: () => number;
  readonly random01: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

const pause: Backoff = { baseMs: 50, maxMs: 500 };

/** Repeats what may be repeated. @throws IpamRefusal `store-unavailable`; any error that no store gives, as it is */
export async function insist<T>(attempt: () => Promise<T>, patience: Patience): Promise<T> {
  const { patienceMs, monotonicMs, random01, sleep } = patience;
  const lastAttemptMs = monotonicMs() + patienceMs;
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const verdict = verdictOn(error);
      if (verdict === undefined) throw error;
      const waitMs = backoffMs(failures, pause, random01);
      if (!verdict.again || monotonicMs() + waitMs > lastAttemptMs) throw storeUnavailable(verdict, error);
      await sleep(waitMs);
    }
  }
}
