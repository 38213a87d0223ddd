import { IpamRefusal } from '@terway/ipam-core';
import { attachedOf, leasesOf, memoryAgent, memoryNode, podWish, until } from './memory-agent.js';

const web = podWish('web-0');
const away = new IpamRefusal('ipam-unavailable', 'nobody listens');

describe('a session with the centre', () => {
  it('begins with Open and Sync, before any other call', async () => {
    const node = memoryNode(2);
    await memoryAgent(node).add(web);
    expect(node.ipam.calls).toEqual(['open', 'sync', 'allocate']);
  });

  it('begins once, however many pods wait for it', async () => {
    const node = memoryNode(4);
    const agent = memoryAgent(node);
    await Promise.all(['a', 'b', 'c'].map((name) => agent.add(podWish(name), undefined, 400)));
    expect(node.ipam.calls.filter((call) => call === 'open')).toHaveLength(1);
  });

  it('that another session has superseded is opened anew, and the call goes on', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    await agent.session.ensureSynced();
    await memoryAgent(node).session.ensureSynced();
    await agent.add(web);
    expect(node.ipam.calls).toEqual(['open', 'sync', 'open', 'sync', 'allocate', 'open', 'sync', 'allocate']);
    expect(leasesOf(node)).toEqual(attachedOf(node.journal));
  });

  it('asks again when a replica stops, as soon as that says', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    await agent.session.ensureSynced();
    node.ipam.away = new IpamRefusal('shutting-down', 'another replica answers', { retryAfterMs: 1 });
    const adding = agent.add(web, undefined, 400);
    await until(() => agent.session.lastRefusal === 'shutting-down');
    node.ipam.away = undefined;
    await adding;
    expect(leasesOf(node)).toEqual(attachedOf(node.journal));
  });

  it('states everything to a record that was made anew, and the record agrees with the journal', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    const { address } = await agent.add(web);
    const { generation } = agent.session.fence;
    node.ipam.loseRecord();
    await agent.add(podWish('web-1'));
    expect(agent.session.fence.generation).not.toBe(generation);
    expect(leasesOf(node)).toEqual(attachedOf(node.journal));
    expect(leasesOf(node).get(web.owner.sandboxId)).toBe(address.ip);
    expect(node.journal.kept().generation).toBe(agent.session.fence.generation);
  });

  it('carries the highest agent seq that it has seen, over a restart too', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    await agent.add(web);
    const seq = agent.session.fence.lastAgentSeq;
    expect(seq).toBe(node.ipam.record?.agent.seq);
    expect(memoryAgent(node).session.fence.lastAgentSeq).toBeGreaterThanOrEqual(seq - 1);
  });

  it('notices a store that went back, and corrects it', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    await agent.session.ensureSynced();
    const old = node.ipam.record;
    await agent.add(web);
    node.ipam.record = old;
    await agent.add(podWish('web-1'));
    expect(leasesOf(node)).toEqual(attachedOf(node.journal));
    expect(leasesOf(node).size).toBe(2);
  });

  it('states again what changed while the statement was under way', async () => {
    const node = memoryNode(3);
    const first = memoryAgent(node);
    await first.add(web);
    const agent = memoryAgent(node);
    const { sync } = node.ipam;
    let during: Promise<void> | undefined;
    node.ipam.sync = async (...args) => {
      const answer = await sync.apply(node.ipam, args);
      during ??= first.parts.journal.remove([...node.journal.entries()][0]?.allocationId ?? '');
      await during;
      return answer;
    };
    await agent.session.ensureSynced();
    expect(node.ipam.calls.slice(-3)).toEqual(['open', 'sync', 'sync']);
    // nothing of it is journaled any more, but the kernel still shows it: nobody else gets the address
    expect([...(node.ipam.record?.addresses.values() ?? [])].map(({ state }) => state.kind)).toContain('quarantined');
  });

  it('interrupts calls that wait when it has to begin anew, and repeats them under the same id', async () => {
    const node = memoryNode(0);
    const agent = memoryAgent(node);
    const ids: string[] = [];
    const { allocate } = node.ipam;
    node.ipam.allocate = (fence, ask, limits) => {
      ids.push(ask.allocationId);
      return allocate.call(node.ipam, fence, ask, limits);
    };
    const ended = agent.add(web, undefined, 300).catch((error: unknown) => error);
    await until(() => ids.length === 1);
    agent.session.invalidate();
    await agent.session.ensureSynced();
    await until(() => ids.length === 2);
    expect(ids[1]).toBe(ids[0]);
    expect(await ended).toMatchObject({ reason: 'pool-exhausted' });
  });

  it('ends the waiting of calls when the centre goes silent', async () => {
    const node = memoryNode(0);
    const agent = memoryAgent(node);
    const ended = agent.add(web, undefined, 60_000).catch((error: unknown) => error);
    await until(() => node.ipam.calls.includes('allocate'));
    node.ipam.away = away;
    agent.session.giveUp(away);
    expect(await ended).toMatchObject({ reason: 'offline-reserve-empty', details: { centre: 'ipam-unavailable' } });
  });

  it('says whether the centre answers, and what it last refused', async () => {
    const node = memoryNode(1);
    const { session } = memoryAgent(node);
    expect([session.online, session.lastRefusal]).toEqual([false, '']);
    await session.ensureSynced();
    expect(session.online).toBe(true);
    node.ipam.away = away;
    const renewal = { departed: [], seenMacs: [] };
    await expect(session.renew(renewal, { deadlineMs: 100 })).rejects.toThrow('nobody listens');
    expect([session.online, session.lastRefusal]).toEqual([false, 'ipam-unavailable']);
  });

  it('lives on what it knows to be idle while the node is in recovery', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    await agent.session.ensureSynced();
    node.ipam.loseRecord();
    node.ipam.times = { ...node.ipam.times, boundMs: 60_000 };
    agent.session.invalidate();
    await agent.session.ensureSynced();
    expect(node.ipam.record?.recovery).toBeDefined();
    expect(agent.ledger.offlineReserve()).toBe(3);
    await agent.add(web);
    expect(attachedOf(node.journal).size).toBe(1);
  });
});
