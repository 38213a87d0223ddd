export interface Backoff {
  /** Longest wait after the first failure. */
  readonly baseMs: number;
  /** No wait is longer. */
  readonly maxMs: number;
  /** Each failure multiplies the wait by this; 2 when absent. */
  readonly factor?: number;
  /** Share of the wait that chance may take away, 0 to 1; 0.5 when absent. */
  readonly jitter?: number;
}

/**
 * How long to wait before the next attempt, in whole milliseconds.
 *
 * @param attempt failures so far, from 1
 * @param random a number from 0 up to, not including, 1
 */
export function backoffMs(attempt: number, backoff: Backoff, random: () => number): number {
  const { baseMs, maxMs, factor = 2, jitter = 0.5 } = backoff;
  const full = Math.min(maxMs, baseMs * factor ** Math.max(0, attempt - 1));
  return Math.round(full * (1 - jitter * random()));
}

/**
 * An interval moved by chance, so that processes that started together drift apart.
 *
 * @param share how much chance may add or take away, 0 to 1
 * @param random a number from 0 up to, not including, 1
 */
export function jitteredMs(intervalMs: number, share: number, random: () => number): number {
  return Math.round(intervalMs * (1 + share * (2 * random() - 1)));
}
