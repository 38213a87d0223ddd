import { IpamRefusal } from '@terway/ipam-core';
import { isReleasing } from './journal/journal.js';
import { attachedOf, heldEntries, leasesOf, memoryAgent, memoryNode, podWish, stateOf } from './memory-agent.js';

const web = podWish('web-0');
const away = new IpamRefusal('ipam-unavailable', 'nobody listens');

describe('letting a pod go', () => {
  it('undoes the wiring and returns the address to rest', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    const { address } = await agent.add(web);
    await agent.del(web);
    expect(node.datapath.attached.size).toBe(0);
    expect(stateOf(node, address.ip)).toBe('cooling');
    expect(heldEntries(node.journal)).toEqual([]);
  });

  it('twice, succeeds and asks the centre once', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    await agent.add(web);
    await agent.del(web);
    await agent.del(web);
    expect(node.ipam.calls.filter((call) => call === 'release')).toHaveLength(1);
  });

  it('without its namespace, succeeds', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    await agent.add(web);
    node.datapath.vanish(web.netns);
    await agent.del(web);
    expect(leasesOf(node).size).toBe(0);
  });

  it('that was never attached, succeeds and asks nobody', async () => {
    const node = memoryNode(2);
    await memoryAgent(node).del(web);
    expect(node.ipam.calls).toEqual([]);
  });

  it('does not need the centre, which hears of it later', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    const { address } = await agent.add(web);
    node.ipam.away = away;
    await agent.del(web);
    expect(stateOf(node, address.ip)).toBe('bound');
    node.ipam.away = undefined;
    await agent.session.ensureSynced();
    await agent.spool.sweep(new AbortController().signal);
    expect(stateOf(node, address.ip)).toBe('cooling');
  });

  it('stands when the kernel refuses, and the next DEL finishes it', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    await agent.add(web);
    node.datapath.failNext = 'detach';
    await expect(agent.del(web)).rejects.toMatchObject({ reason: 'kernel-refused' });
    expect(attachedOf(node.journal)).toEqual(leasesOf(node));
    await agent.del(web);
    expect(leasesOf(node).size).toBe(0);
  });

  it('stands when the disk is full, and the next DEL finishes it', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    await agent.add(web);
    node.journal.full = true;
    await expect(agent.del(web)).rejects.toThrow('ENOSPC');
    expect(leasesOf(node).size).toBe(1);
    node.journal.full = false;
    await agent.del(web);
    expect(leasesOf(node).size).toBe(0);
  });

  it('keeps the entry until the address has cooled, so that a restarted agent does not hand it out warm', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node, 60_000);
    await agent.add(web);
    await agent.del(web);
    const sweep = (): Promise<void> => agent.spool.sweep(new AbortController().signal);
    await sweep();
    expect(node.journal.entries().filter(isReleasing)).toHaveLength(1);
    node.clock.advance(60_001);
    await sweep();
    expect(node.journal.entries()).toEqual([]);
  });

  it('begins the cooldown anew after a reboot: monotonic times of another boot mean nothing', async () => {
    const node = memoryNode(1);
    await memoryAgent(node, 60_000).add(web);
    node.ipam.away = away;
    await memoryAgent(node, 60_000).del(web);
    node.clock.advance(120_000);
    node.clock.bootId = 'boot-2';
    const [entry] = node.journal.entries().filter(isReleasing);
    if (entry === undefined) throw new Error('expected an entry');
    expect(memoryAgent(node, 60_000).ledger.remainingMs(entry)).toBe(60_000);
  });
});
