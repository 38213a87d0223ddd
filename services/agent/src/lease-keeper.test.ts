import { IpamRefusal } from '@terway/ipam-core';
import type { Renewal } from './ipam-client.js';
import {
  leasesOf,
  type MemoryAgent,
  memoryAgent,
  type MemoryNode,
  memoryNode,
  podWish,
  stateOf,
} from './memory-agent.js';

const web = podWish('web-0');

async function withKeeper(node: MemoryNode, test: (agent: MemoryAgent) => Promise<void>): Promise<void> {
  const agent = memoryAgent(node);
  await agent.keeper.start();
  try {
    await agent.keeper.look();
    await test(agent);
  } finally {
    await agent.keeper.stop();
  }
}

/** What the agent says in every Renew, and what its journal had promised by then. */
function recordRenewals(node: MemoryNode): (Renewal & { readonly onDisk: number })[] {
  const seen: (Renewal & { readonly onDisk: number })[] = [];
  const { renew } = node.ipam;
  node.ipam.renew = (fence, renewal) => {
    seen.push({ ...renewal, onDisk: node.journal.kept().departed.length });
    return renew.call(node.ipam, fence, renewal);
  };
  return seen;
}

describe('the lease keeper', () => {
  it('opens the session by itself and learns what is idle', () =>
    withKeeper(memoryNode(3), async ({ session, ledger }) => {
      expect(session.online).toBe(true);
      expect(ledger.offlineReserve()).toBe(3);
    }));

  it('acknowledges a departure in the next Renew, after it is on disk', () => {
    const node = memoryNode(3);
    const renewals = recordRenewals(node);
    return withKeeper(node, async ({ keeper, ledger }) => {
      node.ipam.depart(['10.0.0.11']);
      await keeper.look();
      await keeper.look();
      const first = renewals.findIndex(({ departed }) => departed.length > 0);
      expect(renewals[first]).toMatchObject({ departed: [{ ip: '10.0.0.11' }], onDisk: 1 });
      expect(stateOf(node, '10.0.0.11')).toBe('unassigning');
      expect(ledger.offlineReserve()).toBe(2);
    });
  });

  it('does not acknowledge what it cannot write down', () => {
    const node = memoryNode(3);
    const renewals = recordRenewals(node);
    return withKeeper(node, async ({ keeper }) => {
      node.ipam.depart(['10.0.0.11']);
      node.journal.full = true;
      await keeper.look();
      node.journal.full = false;
      expect(renewals.every(({ departed }) => departed.length === 0)).toBe(true);
      expect(stateOf(node, '10.0.0.11')).toBe('departing');
    });
  });

  it('does not promise an address that a pod has taken meanwhile', () => {
    const node = memoryNode(1);
    return withKeeper(node, async ({ keeper, add }) => {
      node.ipam.depart(['10.0.0.10']);
      node.ipam.away = new IpamRefusal('ipam-unavailable', 'nobody listens');
      await add(web);
      node.ipam.away = undefined;
      await keeper.look();
      await keeper.look();
      expect(leasesOf(node)).toEqual(new Map([[web.owner.sandboxId, '10.0.0.10']]));
    });
  });

  it('remembers its promises over a restart, and states them', async () => {
    const node = memoryNode(3);
    await withKeeper(node, async ({ keeper }) => {
      node.ipam.depart(['10.0.0.11']);
      await keeper.look();
    });
    node.ipam.loseRecord();
    await withKeeper(node, async ({ ledger }) => {
      expect(stateOf(node, '10.0.0.11')).toBe('unassigning');
      expect(ledger.offlineReserve()).toBe(2);
    });
  });

  it('states everything again when record and journal disagree', () => {
    const node = memoryNode(3);
    return withKeeper(node, async ({ keeper, add }) => {
      const { allocationId } = await add(web);
      await node.journal.remove(allocationId);
      node.datapath.attached.clear();
      await keeper.look();
      expect(leasesOf(node).size).toBe(0);
    });
  });

  it('sends what the centre missed, in its next round', () => {
    const node = memoryNode(3);
    return withKeeper(node, async ({ keeper, add, del }) => {
      const { address } = await add(web);
      node.ipam.loseAnswerOf = 'release';
      await del(web);
      await keeper.look();
      expect(stateOf(node, address.ip)).not.toBe('bound');
      expect(node.ipam.calls.filter((call) => call === 'release').length).toBeGreaterThanOrEqual(2);
    });
  });

  it('reports the MACs that the kernel shows, so that an ENI is ready as soon as it is plugged in', () => {
    const node = memoryNode(3);
    const [eni] = node.datapath.enis;
    node.datapath.enis = [];
    return withKeeper(node, async ({ keeper, ledger }) => {
      expect(ledger.offlineReserve()).toBe(0);
      node.datapath.enis = eni === undefined ? [] : [eni];
      await keeper.look();
      await keeper.look();
      expect(ledger.offlineReserve()).toBe(3);
    });
  });

  it('goes on after the centre was away', () => {
    const node = memoryNode(3);
    return withKeeper(node, async ({ keeper, session }) => {
      node.ipam.away = new IpamRefusal('store-unavailable', 'the store is away');
      await keeper.look();
      expect(session.online).toBe(false);
      node.ipam.away = undefined;
      await keeper.look();
      expect(session.online).toBe(true);
    });
  });
});
