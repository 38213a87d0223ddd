import { type Component, endsManyWaits, jitteredMs, sleep } from '@terway/runtime';
import { type PassParts, runPass } from './run-pass.js';

/** Nodes that other replicas have opened are found this often. */
const discoverMs = 10_000;
/** Nodes that are found together begin one after the other: so much time for each, and so much in all. */
const staggerMs = { each: 10, all: 5_000 };
/** A node that is woken for every pod that starts is looked at no more often than this. */
const leastPauseMs = 100;

export interface PoolReconcilerParts extends Omit<PassParts, 'token'> {
  /** The record of a node may have changed: who waits for an address looks again. */
  readonly onChange: (nodeId: string) => void;
}

interface Loop {
  wake: AbortController;
  ended: Promise<void>;
}

/** Keeps the pool of every node as it should be: one loop per node, never two passes of a node at once. */
export class PoolReconciler implements Component {
  readonly name = 'pool-reconciler';
  private readonly passParts: PassParts;
  private readonly loops = new Map<string, Loop>();
  private readonly stopping = new AbortController();
  private discovery = Promise.resolve();

  constructor(private readonly parts: PoolReconcilerParts) {
    this.passParts = { ...parts, token: parts.newId() };
    endsManyWaits(this.stopping.signal);
  }

  async start(): Promise<void> {
    this.discovery = this.discover();
  }

  /** The node has demand, or something about it has changed: its next pass begins as soon as it may. */
  wake(nodeId: string): void {
    const loop = this.loops.get(nodeId);
    if (loop !== undefined) loop.wake.abort();
    else if (!this.stopping.signal.aborted) this.begin(nodeId, 0);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.discovery, ...[...this.loops.values()].map(({ ended }) => ended)]);
  }

  private async discover(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const ids = await this.parts.store.nodeIds().catch(() => []);
      const found = ids.filter((id) => !this.loops.has(id));
      const spreadMs = Math.min(found.length * staggerMs.each, staggerMs.all);
      for (const id of found) this.begin(id, spreadMs * this.parts.random01());
      await sleep(jitteredMs(discoverMs, 0.1, this.parts.random01), signal).catch(() => undefined);
    }
  }

  private begin(nodeId: string, afterMs: number): void {
    const loop: Loop = { wake: new AbortController(), ended: Promise.resolve() };
    this.loops.set(nodeId, loop);
    loop.ended = this.run(nodeId, loop, afterMs);
  }

  private async run(nodeId: string, loop: Loop, afterMs: number): Promise<void> {
    const { signal } = this.stopping;
    await this.pause(loop, afterMs);
    while (!signal.aborted) {
      loop.wake = new AbortController();
      const pauseMs = await runPass(this.passParts, nodeId, signal);
      this.parts.onChange(nodeId);
      await sleep(leastPauseMs, signal).catch(() => undefined);
      await this.pause(loop, jitteredMs(pauseMs, 0.2, this.parts.random01) - leastPauseMs);
    }
  }

  /** Ends early when the node is woken, at once when it was woken since its last pass began. */
  private async pause(loop: Loop, ms: number): Promise<void> {
    if (ms <= 0) return;
    const { signal } = this.stopping;
    await sleep(ms, AbortSignal.any([loop.wake.signal, signal])).catch(() => undefined);
  }
}
