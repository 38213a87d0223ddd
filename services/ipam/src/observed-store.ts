import type { CommandKind, Reply } from '@terway/ipam-core';
import type { NodeStore } from './store/node-store.js';

/** What became of one call to the store. */
export interface StoreCall {
  readonly command: CommandKind | 'read' | 'node-ids';
  /** `refused` = the rules said no; `failed` = the store did not answer, or not with anything usable. */
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly durationMs: number;
}

/** The same port, with every call reported when it has ended. Durations come from a clock that never goes back. */
export function observedStore(
  store: NodeStore,
  called: (call: StoreCall) => void,
  monotonicMs: () => number,
): NodeStore {
  const observed = async <T>(
    command: StoreCall['command'],
    call: () => Promise<T>,
    outcomeOf: (value: T) => StoreCall['outcome'],
  ): Promise<T> => {
    const startedMs = monotonicMs();
    let outcome: StoreCall['outcome'] = 'failed';
    try {
      const value = await call();
      outcome = outcomeOf(value);
      return value;
    } finally {
      called({ command, outcome, durationMs: monotonicMs() - startedMs });
    }
  };
  return {
    apply: (nodeId, command, nowMs) =>
      observed(
        command.kind,
        () => store.apply(nodeId, command, nowMs),
        ({ ok }: Reply<unknown>) => (ok ? 'done' : 'refused'),
      ),
    read: (nodeId) =>
      observed(
        'read',
        () => store.read(nodeId),
        () => 'done',
      ),
    nodeIds: () =>
      observed(
        'node-ids',
        () => store.nodeIds(),
        () => 'done',
      ),
    close: () => store.close(),
  };
}
