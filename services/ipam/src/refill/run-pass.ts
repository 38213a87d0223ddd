import { IpamRefusal, type NodeRecord, type Obstacle } from '@terway/ipam-core';
import { endsManyWaits, errorText, type Logger, sleep } from '@terway/runtime';
import type { InstanceLimits } from './instance-limits.js';
import { applyTo, type Pass, PassEnded, type RefillParts } from './pass.js';
import { expectsChange, refillNode } from './refill-node.js';

/** How long a node is left alone: with nothing to do, while something is under way, and after a pass that failed. */
const pauseMs = { calm: 10_000, busy: 500, failed: 2_000 };
/** A claim is renewed this often while a pass works. */
const renewMs = 2_000;
/** No call is signed under a claim that ends so soon. */
const claimMarginMs = 1_000;

export interface PassParts extends RefillParts {
  /** Random token of this replica's claims. */
  readonly token: string;
  readonly limits: InstanceLimits;
  /** The node as the pass has left it. */
  readonly observed: (record: NodeRecord) => void;
}

/** One pass over one node under one claim; never rejects. Answers how long the node may be left alone. */
export async function runPass(parts: PassParts, nodeId: string, stopping: AbortSignal): Promise<number> {
  const over = new AbortController();
  endsManyWaits(over.signal);
  const signal = AbortSignal.any([stopping, over.signal]);
  const target = { parts, nodeId };
  try {
    const claim = { takenAt: parts.monotonicMs() }; // before the store is asked: its answer may take long
    const claimed = await applyTo<'claim'>(target, { kind: 'claim', token: parts.token });
    if (!claimed.ok) return claimed.refusal.retryAfterMs ?? pauseMs.failed;
    const obstacles: Obstacle[] = [];
    const guard = { token: parts.token, generation: claimed.value.generation };
    const pass: Pass = {
      ...target,
      guard,
      signal,
      assertClaimed: () => {
        const age = parts.monotonicMs() - claim.takenAt;
        if (age >= parts.times.claimMs - claimMarginMs) throw new PassEnded('the claim is too old to sign a call');
      },
      noteObstacle: (what, retryAfterMs) => {
        const nowMs = parts.nowMs();
        obstacles.push({ ...what, sinceMs: nowMs, retryAtMs: nowMs + retryAfterMs });
      },
    };
    const keeping = keepClaim(target, over, claim);
    let record: NodeRecord;
    try {
      record = await refillNode(pass, claimed.value, parts.limits);
      await storeObstacle(pass, record, obstacles.at(-1));
      parts.observed(record);
    } finally {
      over.abort();
      await keeping;
    }
    if (!isBusy(record)) await applyTo<'release-claim'>(target, { kind: 'release-claim', guard });
    return pauseAfter(record, parts.nowMs());
  } catch (error) {
    report(parts.log, nodeId, error, stopping);
    return pauseMs.failed;
  }
}

/** Renews the claim while the pass works; a claim that is lost ends the pass. */
async function keepClaim(
  target: { readonly parts: PassParts; readonly nodeId: string },
  over: AbortController,
  claim: { takenAt: number },
): Promise<void> {
  while (!over.signal.aborted) {
    await sleep(renewMs, over.signal).catch(() => undefined);
    if (over.signal.aborted) return;
    const askedAt = target.parts.monotonicMs();
    const reply = await applyTo<'claim'>(target, { kind: 'claim', token: target.parts.token }).catch(() => undefined);
    if (reply?.ok === true) claim.takenAt = askedAt;
    else if (reply?.ok === false) over.abort();
  }
}

/**
 * Who waits is told the latest reason; a pool that grows as it should has none. A pass between two tries learns nothing
 * new: what the last one met stands until the next.
 */
async function storeObstacle(pass: Pass, record: NodeRecord, obstacle: Obstacle | undefined): Promise<void> {
  const { obstacle: stored } = record;
  const stands = stored !== undefined && stored.retryAtMs > pass.parts.nowMs();
  const same = stored?.reason === obstacle?.reason && stored?.message === obstacle?.message;
  if (obstacle === undefined ? stands || stored === undefined : stands && same) return;
  await applyTo<'note-obstacle'>(pass, { kind: 'note-obstacle', guard: pass.guard, obstacle });
}

/** Something is under way that the holder of the claim carries on, pass by pass. */
function isBusy(record: NodeRecord): boolean {
  return record.intents.size > 0 || record.demand.size > 0 || expectsChange(record);
}

function pauseAfter(record: NodeRecord, nowMs: number): number {
  if (!isBusy(record)) return record.limits === undefined ? pauseMs.failed : pauseMs.calm;
  const due = [...record.intents.values()].map(({ notBeforeMs }) => notBeforeMs - nowMs);
  return Math.max(pauseMs.busy, Math.min(...due, pauseMs.failed));
}

function report(log: Logger, node: string, error: unknown, stopping: AbortSignal): void {
  if (error instanceof PassEnded || stopping.aborted) return;
  const expected = error instanceof IpamRefusal;
  log[expected ? 'warn' : 'error']('refill pass failed', { node, error: errorText(error) });
}
