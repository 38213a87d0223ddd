import { jitteredMs } from './backoff.js';
import type { Component } from './component.js';
import { sleep } from './deadline.js';
import { endsManyWaits } from './on-abort.js';

export interface PeriodicOptions {
  readonly name: string;
  /** Time from the end of a run to the start of the next. */
  readonly intervalMs: number;
  /** Share of the interval that chance may add or take away, 0 to 1; 0.1 when absent, so that replicas drift apart. */
  readonly jitter?: number;
  /** Gets a signal that aborts when the component stops. */
  readonly task: (signal: AbortSignal) => Promise<void>;
  /** Hears of every failed run. The next one is due as usual. */
  readonly report: (error: unknown) => void;
  /** A number from 0 up to, not including, 1; `Math.random` when absent. */
  readonly random?: () => number;
}

export interface Periodic extends Component {
  /** Makes the next run due at once. During a run: one more right after it, however often it is called. */
  wake(): void;
}

/**
 * Runs a task again and again; runs never overlap. The first is due at once. `stop` aborts the run in progress and
 * resolves when it has returned.
 */
export function periodic(options: PeriodicOptions): Periodic {
  const { name, intervalMs, jitter = 0.1, task, report, random = Math.random } = options;
  const stopping = new AbortController();
  endsManyWaits(stopping.signal);
  let woken = new AbortController();
  let loop = Promise.resolve();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = new AbortController();
      await runOnce();
      const pauseMs = jitteredMs(intervalMs, jitter, random);
      if (!stopping.signal.aborted) await sleep(pauseMs, woken.signal).catch(() => undefined);
    }
  }

  async function runOnce(): Promise<void> {
    try {
      await task(stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) report(error);
    }
  }

  return {
    name,
    wake: () => woken.abort(),
    async start() {
      loop = run();
    },
    async stop() {
      stopping.abort();
      woken.abort();
      await loop;
    },
  };
}
