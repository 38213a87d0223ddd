import type { NodeRecord, Obstacle } from '@terway/ipam-core';
import { endsManyWaits, errorText, jitteredMs, sleep, type Component, type Logger } from '@terway/runtime';
import { IpamRefusal } from '@terway/ipam-core';
import { InstanceLimits } from './instance-limits.js';
import { applyTo, PassEnded, type Pass, type RefillParts } from './pass.js';
import { expectsChange, refillNode } from './refill-node.js';

/** How long a node is left alone: with nothing to do, while something is under way, and after a pass that failed. */
const pauseMs = { calm: 10_000, busy: 500, failed: 2_000 };
/** A claim is renewed this often while a pass works. */
const renewMs = 2_000;
/** Nodes that other replicas have opened are found this often. */
const discoverMs = 10_000;

export interface PoolReconcilerParts extends RefillParts {
  readonly log: Logger;
  /** The record of a node may have changed: who waits for an address looks again. */
  readonly onChange: (nodeId: string) => void;
}

/** Keeps the pool of every node as it should be: one loop per node, never two passes of a node at once. */
export class PoolReconciler implements Component {
  readonly name = 'pool-reconciler';
  private readonly token: string;
  private readonly limits: InstanceLimits;
  private readonly loops = new Map<string, { wake: AbortController; ended: Promise<void> }>();
  private readonly stopping = new AbortController();
  private discovery = Promise.resolve();

  constructor(private readonly parts: PoolReconcilerParts) {
    this.token = parts.newId();
    this.limits = new InstanceLimits(parts.cloud);
    endsManyWaits(this.stopping.signal);
  }

  async start(): Promise<void> {
    this.discovery = this.discover();
  }

  /** The node has demand, or something about it has changed: its next pass begins at once. */
  wake(nodeId: string): void {
    const loop = this.loops.get(nodeId);
    if (loop !== undefined) loop.wake.abort();
    else if (!this.stopping.signal.aborted) this.begin(nodeId);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.discovery, ...[...this.loops.values()].map(({ ended }) => ended)]);
  }

  private async discover(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const ids = await this.parts.store.nodeIds().catch(() => []);
      for (const id of ids) if (!this.loops.has(id)) this.begin(id);
      await sleep(jitteredMs(discoverMs, 0.1, this.parts.random01), signal).catch(() => undefined);
    }
  }

  private begin(nodeId: string): void {
    const loop = { wake: new AbortController(), ended: Promise.resolve() };
    this.loops.set(nodeId, loop);
    loop.ended = this.run(nodeId, loop);
  }

  private async run(nodeId: string, loop: { wake: AbortController }): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      loop.wake = new AbortController();
      const pause = await this.pass(nodeId);
      const woken = AbortSignal.any([loop.wake.signal, signal]);
      await sleep(jitteredMs(pause, 0.2, this.parts.random01), woken).catch(() => undefined);
    }
  }

  /** One pass; answers how long the node may be left alone. */
  private async pass(nodeId: string): Promise<number> {
    const { parts } = this;
    const over = new AbortController();
    endsManyWaits(over.signal);
    const signal = AbortSignal.any([this.stopping.signal, over.signal]);
    try {
      const claimed = await applyTo<'claim'>({ parts, nodeId }, { kind: 'claim', token: this.token });
      if (!claimed.ok) return claimed.refusal.retryAfterMs ?? pauseMs.failed;
      let claimedAt = parts.monotonicMs();
      let obstacle: Obstacle | undefined;
      const guard = { token: this.token, generation: claimed.value.generation };
      const pass: Pass = {
        parts,
        nodeId,
        guard,
        signal,
        assertClaimed: () => {
          if (parts.monotonicMs() - claimedAt >= parts.times.claimMs - 1_000)
            throw new PassEnded('the claim is too old');
        },
        noteObstacle: (what, retryAfterMs) => {
          const nowMs = parts.nowMs();
          obstacle = { ...what, sinceMs: nowMs, retryAtMs: nowMs + retryAfterMs };
        },
      };
      const keeping = this.keepClaim(
        nodeId,
        over.signal,
        () => (claimedAt = parts.monotonicMs()),
        () => over.abort(),
      );
      try {
        const record = await refillNode(pass, claimed.value, this.limits);
        await this.storeObstacle(pass, record, obstacle);
        parts.onChange(nodeId);
        return pauseAfter(record, parts.nowMs());
      } finally {
        over.abort();
        await keeping;
      }
    } catch (error) {
      parts.onChange(nodeId);
      const expected = error instanceof PassEnded || this.stopping.signal.aborted;
      const refused = error instanceof IpamRefusal;
      if (!expected)
        parts.log[refused ? 'warn' : 'error']('refill pass failed', { node: nodeId, error: errorText(error) });
      return pauseMs.failed;
    }
  }

  private async keepClaim(nodeId: string, over: AbortSignal, renewed: () => void, lost: () => void): Promise<void> {
    while (!over.aborted) {
      await sleep(renewMs, over).catch(() => undefined);
      if (over.aborted) return;
      const reply = await applyTo<'claim'>({ parts: this.parts, nodeId }, { kind: 'claim', token: this.token }).catch(
        () => undefined,
      );
      if (reply?.ok === true) renewed();
      else if (reply?.ok === false) lost();
    }
  }

  private async storeObstacle(pass: Pass, record: NodeRecord, obstacle: Obstacle | undefined): Promise<void> {
    const same = record.obstacle?.reason === obstacle?.reason && record.obstacle?.message === obstacle?.message;
    if (same && (obstacle === undefined || record.demand.size === 0)) return;
    await applyTo<'note-obstacle'>(pass, { kind: 'note-obstacle', guard: pass.guard, obstacle });
  }
}

function pauseAfter(record: NodeRecord, nowMs: number): number {
  const busy = record.intents.size > 0 || record.demand.size > 0 || expectsChange(record);
  if (!busy) return record.limits === undefined ? pauseMs.failed : pauseMs.calm;
  const due = [...record.intents.values()].map(({ notBeforeMs }) => notBeforeMs - nowMs);
  return Math.max(pauseMs.busy, Math.min(...due, pauseMs.failed));
}
