import fc from 'fast-check';
import { IpamRefusal } from '@terway/ipam-core';
import type { IpamCall } from './memory-ipam.js';
import {
  attachedOf,
  leasesOf,
  type MemoryAgent,
  memoryAgent,
  type MemoryNode,
  memoryNode,
  podWish,
  stateOf,
} from './memory-agent.js';

/** What can happen to a node, over more pods than it has addresses. */
type Event =
  | { readonly kind: 'add' | 'del' | 'vanish' | 'race'; readonly pod: string }
  | { readonly kind: 'lose-answer'; readonly call: IpamCall }
  | { readonly kind: 'fail'; readonly call: 'attach' | 'detach' }
  | { readonly kind: 'depart'; readonly ip: string }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'away' | 'back' | 'restart' | 'round' | 'reconcile' | 'lose-record' };

const addresses = 4;
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('add' as const, 'add' as const, 'del' as const, 'vanish' as const, 'race' as const),
      pod: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('lose-answer' as const),
      call: fc.constantFrom<IpamCall>('open', 'sync', 'allocate', 'release', 'renew'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('fail' as const), call: fc.constantFrom('attach', 'detach') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('depart' as const),
      ip: fc.constantFrom('10.0.0.10', '10.0.0.11', '10.0.0.12', '10.0.0.13'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(10_000, 61_000) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('away', 'back', 'restart', 'round', 'round', 'reconcile', 'lose-record'),
    }),
  },
) as fc.Arbitrary<Event>;

class History {
  readonly node: MemoryNode = memoryNode(addresses);
  agent: MemoryAgent = memoryAgent(this.node);

  async apply(next: Event): Promise<void> {
    const { node, agent } = this;
    const { ipam, datapath } = node;
    switch (next.kind) {
      case 'add':
        return outcomeOf(agent.add(podWish(next.pod), undefined, 20));
      case 'del':
        return outcomeOf(agent.del(podWish(next.pod)));
      case 'race': {
        const added = outcomeOf(agent.add(podWish(next.pod), undefined, 20));
        await Promise.all([added, outcomeOf(agent.del(podWish(next.pod)))]);
        return;
      }
      case 'vanish':
        return datapath.vanish(podWish(next.pod).netns);
      case 'lose-answer':
        ipam.loseAnswerOf = next.call;
        return;
      case 'fail':
        datapath.failNext = next.call;
        return;
      case 'depart':
        if (stateOf(node, next.ip) === 'idle' && ipam.record?.recovery === undefined) ipam.depart([next.ip]);
        return;
      case 'wait':
        return node.clock.advance(next.ms);
      case 'away':
        ipam.away = new IpamRefusal('ipam-unavailable', 'nobody listens');
        return;
      case 'back':
        ipam.away = undefined;
        return;
      case 'restart':
        await agent.keeper.stop();
        this.agent = memoryAgent(node);
        return this.agent.keeper.start();
      case 'round':
        return agent.keeper.look();
      case 'reconcile':
        return agent.reconcile();
      case 'lose-record':
        return ipam.loseRecord();
    }
  }

  /** What must hold at every moment. */
  problems(): readonly string[] {
    const { node } = this;
    const wired = [...node.datapath.attached.values()].map(({ ip }) => ip);
    const journaled = new Set(attachedOf(node.journal).values());
    const leaving = ['unassigning', 'held', 'absent'];
    return [
      ...wired.filter((ip, index) => wired.indexOf(ip) !== index).map((ip) => `${ip} is wired twice`),
      ...wired.filter((ip) => !journaled.has(ip)).map((ip) => `${ip} is wired and not written down`),
      ...wired
        .filter((ip) => node.ipam.record !== undefined && leaving.includes(stateOf(node, ip)))
        .filter((ip) => node.ipam.record?.recovery === undefined && stateOf(node, ip) !== 'absent')
        .map((ip) => `${ip} is wired and leaves the node`),
    ];
  }
}

/** Refusals are part of life; what counts is what they leave behind. */
async function outcomeOf(call: Promise<unknown>): Promise<void> {
  await call.catch(() => undefined);
}

describe('an agent, whatever happens', () => {
  it('never wires an address twice, and agrees with the centre as soon as that answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 30 }), async (events) => {
        const history = new History();
        await history.agent.keeper.start();
        try {
          for (const next of events) {
            await history.apply(next);
            expect(history.problems()).toEqual([]);
          }
          const { node, agent } = history;
          node.ipam.away = undefined;
          node.ipam.loseAnswerOf = undefined;
          node.datapath.failNext = undefined;
          for (let round = 0; round < 3; round++) await agent.keeper.look();
          expect(history.problems()).toEqual([]);
          expect(sorted(leasesOf(node))).toEqual(sorted(attachedOf(node.journal)));
        } finally {
          await history.agent.keeper.stop();
        }
      }),
      { seed: 20_263, numRuns: 300 },
    );
  }, 120_000);
});

function sorted(map: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
