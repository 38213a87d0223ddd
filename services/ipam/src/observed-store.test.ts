import { defaultTimes, type NodeRecord, step } from '@terway/ipam-core';
import { observedStore, type StoreCall } from './observed-store.js';
import type { NodeStore } from './store/node-store.js';

const fence = { incarnation: 'inc-1', session: '', generation: '', lastAgentSeq: 0 };
const open = {
  ...({ kind: 'open', nodeId: 'i-1', nodeName: 'n1', fence } as const),
  ...{ newSession: 's-1', newGeneration: 'g-1' },
};

function storeUnderTest(over: Partial<NodeStore> = {}): { readonly store: NodeStore; readonly calls: StoreCall[] } {
  let record: NodeRecord | undefined;
  let ms = 0;
  const calls: StoreCall[] = [];
  const plain: NodeStore = {
    apply: async (_, command, nowMs) => {
      const next = step(record, command, nowMs, defaultTimes);
      record = next.record;
      return next.reply;
    },
    read: async () => record,
    nodeIds: async () => ['i-1'],
    close: async () => undefined,
    ...over,
  };
  return {
    store: observedStore(
      plain,
      (call) => calls.push(call),
      () => (ms += 5),
    ),
    calls,
  };
}

it('reports the command, how it ended, and how long it took', async () => {
  const { store, calls } = storeUnderTest();
  expect((await store.apply<'open'>('i-1', open, 1_000)).ok).toBe(true);
  expect((await store.apply<'claim'>('i-2', { kind: 'claim', token: 'r-1' }, 1_000)).ok).toBe(true);
  const stranger = { ...fence, generation: 'g-0' };
  const renew = { kind: 'renew', fence: stranger, journalDigest: '', departed: [], seenMacs: [], seed: 'x' } as const;
  expect((await store.apply<'renew'>('i-1', renew, 1_000)).ok).toBe(false);
  expect((await store.read('i-1'))?.nodeId).toBe('i-1');
  expect(await store.nodeIds()).toEqual(['i-1']);
  expect(calls).toEqual([
    { command: 'open', outcome: 'done', durationMs: 5 },
    { command: 'claim', outcome: 'done', durationMs: 5 },
    { command: 'renew', outcome: 'refused', durationMs: 5 },
    { command: 'read', outcome: 'done', durationMs: 5 },
    { command: 'node-ids', outcome: 'done', durationMs: 5 },
  ]);
});

it('reports a failure and passes it on', async () => {
  const failure = new Error('away');
  const { store, calls } = storeUnderTest({ read: () => Promise.reject(failure) });
  await expect(store.read('i-1')).rejects.toBe(failure);
  expect(calls).toEqual([{ command: 'read', outcome: 'failed', durationMs: 5 }]);
});
