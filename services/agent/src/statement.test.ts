import { entries as samples } from './journal/journal.contract.js';
import { isAttached, isReleasing, type JournalEntry, nothingKept } from './journal/journal.js';
import { MemoryJournal } from './journal/memory-journal.js';
import type { KernelView } from './pod-datapath.js';
import { stateAll } from './statement.js';

const ip = '10.0.0.10';
const eniMac = '00:16:3e:00:00:01';
const eni = { ifName: 'eth1', ifIndex: 3, mac: eniMac };
const wired = samples.filter(isAttached).filter(({ state }) => state === 'wired');
const wiring = samples.filter(isAttached).filter(({ state }) => state === 'wiring');
const allocating = samples.filter(({ state }) => state === 'allocating');
const [released] = samples.filter(isReleasing);

async function state(entries: readonly JournalEntry[], kernel: Partial<KernelView>, remainingMs = 0, intact = true) {
  const journal = new MemoryJournal('incarnation-1', { ...nothingKept, intact });
  for (const entry of entries) await journal.put(entry);
  const ledger = { departed: [{ ip: '10.0.0.9', term: 't-9' }], remainingMs: () => remainingMs };
  return stateAll(journal, ledger, { addresses: [], hostInterfaces: [], enis: [eni], ...kernel });
}

function shown(address: string): KernelView['addresses'][number] {
  return { ip: address, hostInterface: 'cali0123456789a', eniMac };
}

describe('the statement of a node', () => {
  it.each([
    ['wired', wired],
    ['about to be wired', wiring],
  ])('names the owner of what is %s, also when the kernel shows it', async (_, entries) => {
    const { wired: stated } = await state(entries, { addresses: [shown(ip)] });
    const [entry] = entries;
    expect(stated).toEqual([
      { ip, eniMac, holder: { owner: entry?.owner, allocationId: entry?.allocationId, pod: entry?.pod } },
    ]);
  });

  it('names what only the kernel shows, without an owner', async () => {
    const { wired: stated } = await state(allocating, { addresses: [shown('10.0.0.77')] });
    expect(stated).toEqual([{ ip: '10.0.0.77', eniMac }]);
  });

  it.each([
    [20_000, [{ ip, remainingMs: 20_000 }]],
    [0, []],
  ])('says for how long an address must rest: %d ms', async (remainingMs, expected) => {
    const entries = released === undefined ? [] : [released];
    expect((await state(entries, {}, remainingMs)).cooling).toEqual(expected);
  });

  it('calls nothing resting that is in use again', async () => {
    const earlier = released === undefined ? [] : [{ ...released, allocationId: 'alloc-0' }];
    const { cooling, wired: stated } = await state([...earlier, ...wired], {}, 20_000);
    expect([cooling, stated.map((address) => address.ip)]).toEqual([[], [ip]]);
  });

  it('repeats the promises, names the links, and says whether the journal can be trusted', async () => {
    const { departed, seenMacs, journalIntact } = await state([], {}, 0, false);
    expect(departed).toEqual([{ ip: '10.0.0.9', term: 't-9' }]);
    expect([seenMacs, journalIntact]).toEqual([[eniMac], false]);
  });
});
