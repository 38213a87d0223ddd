import { type Component, endsManyWaits, jitteredMs, sleep } from '@terway/runtime';
import { InstanceLimits } from './instance-limits.js';
import { type PassParts, runPass } from './run-pass.js';

/** Nodes that other replicas have opened are found this often. */
const discoverMs = 10_000;

export interface PoolReconcilerParts extends Omit<PassParts, 'limits' | 'token'> {
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
    this.passParts = { ...parts, token: parts.newId(), limits: new InstanceLimits(parts.cloud) };
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
    const loop: Loop = { wake: new AbortController(), ended: Promise.resolve() };
    this.loops.set(nodeId, loop);
    loop.ended = this.run(nodeId, loop);
  }

  private async run(nodeId: string, loop: Loop): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      loop.wake = new AbortController();
      const pauseMs = await runPass(this.passParts, nodeId, signal);
      this.parts.onChange(nodeId);
      const woken = AbortSignal.any([loop.wake.signal, signal]);
      await sleep(jitteredMs(pauseMs, 0.2, this.parts.random01), woken).catch(() => undefined);
    }
  }
}
