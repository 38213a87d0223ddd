import type { LeasedAddress } from '../leased-address.js';
import { type Journal, type JournalEntry, JournalError, nothingKept } from './journal.js';

export const address: LeasedAddress = {
  ip: '10.0.0.10',
  term: 't-1',
  eniId: 'eni-1',
  eniMac: '00:16:3e:00:00:01',
  vswitchId: 'vsw-1',
  vswitchCidr: '10.0.0.0/24',
  gateway: '10.0.0.253',
  zoneId: 'zone-a',
};

const fields = {
  allocationId: 'alloc-1',
  owner: { network: 'terway', sandboxId: 'sandbox-1', interfaceName: 'eth0' },
  pod: { namespace: 'default', name: 'web-0', uid: 'uid-1' },
  netns: '/run/netns/web-0',
  agentSeq: 7,
};

const attachment = {
  netns: '/run/netns/web-0',
  ifName: 'eth0',
  hostIfName: 'cali0123456789a',
  podMac: 'ee:00:00:00:00:01',
  hostMac: 'ee:00:00:00:00:02',
  ip: '10.0.0.10',
  vSwitchGateway: '10.0.0.253',
  eni: { ifName: 'eth1', ifIndex: 3, mac: '00:16:3e:00:00:01' },
  hostIp: '10.0.9.1',
  mtu: 1_500,
  extraRoutes: [],
};

/** An entry in each state that there is. */
export const entries: readonly JournalEntry[] = [
  { ...fields, state: 'allocating' },
  { ...fields, state: 'wiring', address, attachment },
  { ...fields, state: 'wired', address, attachment },
  {
    ...{ ...fields, state: 'releasing', address, cause: 'address-in-use' },
    releasedAt: { bootId: 'boot-1', monotonicMs: 12 },
  },
  {
    ...{ ...fields, state: 'releasing', address: undefined, cause: 'normal' },
    releasedAt: { bootId: 'boot-1', monotonicMs: 12 },
  },
];

export interface JournalUnderTest {
  readonly journal: Journal;
  /** The next writes fail, as on a full disk. */
  fill(): Promise<void>;
}

/** What every journal promises. */
export function describeJournal(make: () => Promise<JournalUnderTest>): void {
  it('begins empty, with an incarnation of its own', async () => {
    const [{ journal }, other] = [await make(), await make()];
    expect(journal.entries()).toEqual([]);
    expect(journal.kept()).toEqual(nothingKept);
    expect(journal.incarnation).not.toBe(other.journal.incarnation);
  });

  it.each(entries.map((entry) => [entry.state, entry] as const))('holds an entry that is %s', async (_, entry) => {
    const { journal } = await make();
    await journal.put(entry);
    expect(journal.entries()).toEqual([entry]);
  });

  it('replaces the entry of an allocation, and counts every change', async () => {
    const { journal } = await make();
    for (const entry of entries) await journal.put(entry);
    expect(journal.entries()).toEqual(entries.slice(-1));
    expect(journal.changes()).toBe(entries.length);
  });

  it('removes an entry; removing what is not there is no change', async () => {
    const { journal } = await make();
    for (const entry of entries.slice(0, 1)) await journal.put(entry);
    await journal.remove('alloc-1');
    await journal.remove('alloc-1');
    expect(journal.entries()).toEqual([]);
    expect(journal.changes()).toBe(2);
  });

  it('keeps what the agent promised', async () => {
    const { journal } = await make();
    const state = { ...nothingKept, generation: 'g-1', idle: [address], departed: [{ ip: '10.0.0.9', term: 't-9' }] };
    await journal.keep(() => state);
    expect(journal.kept()).toEqual(state);
  });

  it('loses no update of two that are asked at once', async () => {
    const { journal } = await make();
    await Promise.all([
      journal.keep((kept) => ({ ...kept, generation: 'g-1' })),
      journal.keep((kept) => ({ ...kept, lastAgentSeq: 7 })),
    ]);
    expect(journal.kept()).toEqual({ ...nothingKept, generation: 'g-1', lastAgentSeq: 7 });
  });

  it('refuses to write when the disk is full, and loses nothing', async () => {
    const { journal, fill } = await make();
    const [first, second] = entries;
    if (first === undefined || second === undefined) throw new Error('expected entries');
    await journal.put(first);
    await fill();
    await expect(journal.put(second)).rejects.toThrow(JournalError);
    await expect(journal.keep((kept) => ({ ...kept, generation: 'g-2' }))).rejects.toThrow(JournalError);
    expect(journal.entries()).toEqual([first]);
    expect(journal.kept()).toEqual(nothingKept);
  });
}
