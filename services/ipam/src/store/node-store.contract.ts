import { type NodeRecord, step } from '@terway/ipam-core';
import { modelTimes } from '@terway/ipam-core/model/world';
import type { NodeStore } from './node-store.js';
import { type Event, historyOf } from './test-histories.js';

/** What every node store promises; `start` gives an empty one whose times are `modelTimes`. */
export function describeNodeStore(
  name: string,
  start: () => Promise<{ store: NodeStore; stop(): Promise<void> }>,
): void {
  describe(`${name}: records of nodes`, () => {
    let store: NodeStore;
    let stop: () => Promise<void>;

    beforeEach(async () => {
      ({ store, stop } = await start());
    });
    afterEach(() => stop());

    it('knows nothing before it is told', async () => {
      expect(await store.nodeIds()).toEqual([]);
      expect(await store.read('n1')).toBeUndefined();
      expect(await store.apply('n1', { kind: 'claim', token: 'r1' }, 1)).toMatchObject({
        ok: false,
        refusal: { reason: 'generation-changed' },
      });
    });

    it.each([11, 12, 13, 14, 15, 16])('answers and keeps what step does, through history %i', async (seed) => {
      const records = new Map<string, NodeRecord | undefined>();
      for (const { nodeId, command, nowMs } of withRepeats(historyOf(seed, 300))) {
        const { record, reply } = step(records.get(nodeId), command, nowMs, modelTimes);
        expect(await store.apply(nodeId, command, nowMs)).toEqual(reply);
        expect(await store.read(nodeId)).toEqual(record);
        records.set(nodeId, record);
      }
      const nodes = [...records].filter(([, record]) => record !== undefined).map(([nodeId]) => nodeId);
      expect(nodes).not.toEqual([]);
      expect([...(await store.nodeIds())].toSorted()).toEqual(nodes.toSorted());
    });

    it('takes commands that come at once one after the other', async () => {
      const [opened] = historyOf(11, 300);
      if (opened === undefined) throw new Error('the history is empty');
      await store.apply(opened.nodeId, opened.command, opened.nowMs);
      const tokens = Array.from({ length: 20 }, (_, i) => `r${i}`);
      const claim = (token: string) => store.apply<'claim'>(opened.nodeId, { kind: 'claim', token }, opened.nowMs + 1);
      const replies = await Promise.all(tokens.map(claim));
      expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    });
  });
}

/**
 * Every fifth command comes again, from a replica whose clock is behind. Where the model's store lost records, this one
 * did not: from there on its agents and replicas know things that the record denies.
 */
function withRepeats(history: readonly Event[]): readonly Event[] {
  return history.flatMap((event, i) => (i % 5 === 0 ? [event, { ...event, nowMs: event.nowMs - 5_000 }] : [event]));
}
