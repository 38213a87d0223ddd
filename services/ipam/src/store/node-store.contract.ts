import type { NodeRecord } from '@terway/ipam-core';
import type { NodeStore } from './node-store.js';
import { type Event, historyOf } from './test-histories.js';

/** What every node store promises; `start` gives an empty one whose times are those of the model. */
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

    it.each([11, 12, 13, 14])('answers and keeps what step does, through history %i', async (seed) => {
      const history = untilFirstLoss(historyOf(seed, 300));
      expect(history.length).toBeGreaterThan(30);
      for (const { nodeId, command, nowMs, after, reply } of history) {
        expect(await store.apply(nodeId, command, nowMs)).toEqual(reply);
        expect(await store.read(nodeId)).toEqual(after);
      }
      const nodes = new Set(history.map(({ nodeId }) => nodeId));
      expect([...(await store.nodeIds())].toSorted()).toEqual([...nodes].toSorted());
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

/** A store cannot be told to go back: the history ends where the model's did. */
function untilFirstLoss(history: readonly Event[]): readonly Event[] {
  const stored = new Map<string, NodeRecord | undefined>();
  const end = history.findIndex(({ nodeId, before, after }) => {
    const lost = stored.get(nodeId) !== before;
    stored.set(nodeId, after);
    return lost;
  });
  return end === -1 ? history : history.slice(0, end);
}
