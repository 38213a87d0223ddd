import { setTimeout as sleepTimer } from 'node:timers/promises';
import { endsManyWaits, onAbort } from './on-abort.js';

/** The time that a piece of work was given is over. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly reason = 'deadline';

  constructor(readonly timeoutMs: number) {
    super(`not done within ${timeoutMs} ms`);
  }
}

export interface Limits {
  /** Time for the work; none when absent. */
  readonly timeoutMs?: number | undefined;
  /** Others who may end the work: the caller, the shutdown of the process. */
  readonly signals?: readonly (AbortSignal | undefined)[];
}

/**
 * Runs `task` with one signal that aborts at the deadline or when any of the given signals does. The reason is a
 * `DeadlineError`, or that of the other signal. Leaves neither timer nor listener behind.
 *
 * It waits for the task: a task that ignores its signal is not cut short.
 */
export async function withDeadline<T>(limits: Limits, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { timeoutMs, signals = [] } = limits;
  const joined = new AbortController();
  const sources = signals.filter((signal) => signal !== undefined);
  const stopListening = sources.map((source) => onAbort(source, (reason) => joined.abort(reason)));
  const timer =
    timeoutMs === undefined ? undefined : setTimeout(() => joined.abort(new DeadlineError(timeoutMs)), timeoutMs);
  try {
    return await task(joined.signal);
  } finally {
    clearTimeout(timer);
    for (const stop of stopListening) stop();
  }
}

/** @throws the reason of `signal` as soon as it aborts */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleepTimer(ms, undefined, signal === undefined ? {} : { signal: endsManyWaits(signal) });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
