import { type AllocateCommand, type Grant, IpamRefusal, type Obstacle } from '@terway/ipam-core';
import { backoffMs, sleep } from '@terway/runtime';
import type { ChangeSignal } from './change-signal.js';
import { accepted } from './accepted.js';
import type { NodeStore } from './store/node-store.js';

export interface AllocatorParts {
  readonly store: Pick<NodeStore, 'apply'>;
  readonly changes: Pick<ChangeSignal, 'wait'>;
  /** The node has demand: its next refill pass begins at once. */
  readonly wakeRefill: (nodeId: string) => void;
  readonly nowMs: () => number;
  readonly random01: () => number;
}

export interface AllocateLimits {
  /** How long the caller waits. */
  readonly deadlineMs: number;
  /** The caller has gone. */
  readonly signal: AbortSignal;
  /** This process is about to stop: another replica can serve the caller. */
  readonly stopping: AbortSignal;
}

export interface Granted {
  readonly grant: Grant;
  readonly agentSeq: number;
  /** No address was idle when the call came. */
  readonly waited: boolean;
}

/** Between two looks at the store while nothing is idle. */
const pause = { baseMs: 50, maxMs: 500, jitter: 0.3 };
/** The refusal has to arrive before the caller gives up. */
const answerMs = 200;

/** Answers pods: from an idle address with one command to the store, else when the refill has brought one. */
export class Allocator {
  constructor(private readonly parts: AllocatorParts) {}

  /** @throws IpamRefusal with what keeps the pool from growing, when the caller's time is over */
  async allocate(
    nodeId: string,
    asked: Omit<AllocateCommand, 'kind' | 'untilMs'>,
    { deadlineMs, signal, stopping }: AllocateLimits,
  ): Promise<Granted> {
    const { store, changes, wakeRefill, nowMs, random01 } = this.parts;
    const untilMs = nowMs() + Math.max(1, deadlineMs - answerMs);
    let obstacle: Obstacle | undefined;
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      if (nowMs() >= untilMs) throw timeIsOver(obstacle, nowMs());
      const command = { kind: 'allocate', ...asked, untilMs } as const;
      const answer = await within(untilMs - nowMs(), store.apply<'allocate'>(nodeId, command, nowMs()));
      if (answer === 'late') throw storeIsSlow(obstacle, nowMs());
      const reply = accepted(answer);
      if (reply.kind === 'granted') {
        wakeRefill(nodeId);
        return { grant: reply.grant, agentSeq: reply.agentSeq, waited: attempt > 1 };
      }
      obstacle = reply.obstacle;
      // the demand is written down: a pass ends this wait early, so a wake at each look would drive passes without end
      if (attempt === 1) wakeRefill(nodeId);
      if (stopping.aborted)
        throw new IpamRefusal('shutting-down', 'this replica stops; ask another one', { retryAfterMs: 100 });
      const waitMs = Math.min(backoffMs(attempt, pause, random01), untilMs - nowMs());
      await changes.wait(nodeId, Math.max(1, waitMs), AbortSignal.any([signal, stopping]));
    }
  }
}

/** Whatever `asked` brings later reaches nobody: a caller who is refused lets go of what he may have been given. */
async function within<T>(ms: number, asked: Promise<T>): Promise<T | 'late'> {
  const answered = new AbortController();
  const late = sleep(Math.max(1, ms), answered.signal).then(
    () => 'late' as const,
    () => asked,
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    answered.abort();
  }
}

function storeIsSlow(obstacle: Obstacle | undefined, nowMs: number): IpamRefusal {
  if (obstacle !== undefined) return timeIsOver(obstacle, nowMs);
  return new IpamRefusal('store-unavailable', 'the store did not answer in time', { retryAfterMs: 1_000 });
}

function timeIsOver(obstacle: Obstacle | undefined, nowMs: number): IpamRefusal {
  if (obstacle === undefined) {
    return new IpamRefusal('pool-exhausted', 'no address became idle in time', { retryAfterMs: 1_000 });
  }
  const { reason, message, details, retryAtMs } = obstacle;
  return new IpamRefusal(reason, message, { details, retryAfterMs: Math.max(1_000, retryAtMs - nowMs) });
}
