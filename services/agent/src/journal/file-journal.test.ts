import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileJournal } from './file-journal.js';
import { address, describeJournal, entries } from './journal.contract.js';
import { nothingKept } from './journal.js';

const root = mkdtempSync(join(tmpdir(), 'terway-journal-'));
let folders = 0;

afterAll(() => rmSync(root, { recursive: true, force: true }));

function newFolder(): string {
  folders += 1;
  return join(root, String(folders));
}

describe('the journal as a folder', () => {
  describeJournal(async () => {
    const folder = newFolder();
    const { journal } = await FileJournal.open(folder);
    return { journal, fill: () => rename(folder, `${folder}-gone`) };
  });

  it.each(entries.map((entry) => [entry.state, entry] as const))(
    'is read again: an entry that is %s',
    async (_, entry) => {
      const folder = newFolder();
      const first = await FileJournal.open(folder);
      const state = { ...nothingKept, generation: 'g-1', idle: [address], departed: [{ ip: '10.0.0.9', term: 't-9' }] };
      await first.journal.put(entry);
      await first.journal.keep(() => state);
      const { journal, corrupt } = await FileJournal.open(folder);
      expect(journal.entries()).toEqual([entry]);
      expect(journal.kept()).toEqual(state);
      expect(journal.incarnation).toBe(first.journal.incarnation);
      expect(corrupt).toEqual([]);
    },
  );

  it('has a file per attachment whose name begins with the sandbox, however long that is', async () => {
    const folder = newFolder();
    const { journal } = await FileJournal.open(folder);
    const [entry] = entries;
    if (entry === undefined) throw new Error('expected an entry');
    await journal.put({ ...entry, owner: { ...entry.owner, sandboxId: 'c'.repeat(300) } });
    expect(readdirSync(folder).filter((name) => name.startsWith('cccc'))).toEqual([
      `${'c'.repeat(64)}.alloc-1.entry.json`,
    ]);
  });

  it('passes over what a crash left of a write', async () => {
    const folder = newFolder();
    await FileJournal.open(folder);
    writeFileSync(join(folder, '.x.entry.json.0123456789ab.tmp'), '{"half":');
    const { journal, corrupt } = await FileJournal.open(folder);
    expect([journal.entries(), corrupt, journal.kept().intact]).toEqual([[], [], true]);
  });
});

describe('a damaged file', () => {
  it.each([
    ['an empty one', ''],
    ['half of one', '{"version":1,"allocationId":"allo'],
    ['one of a later form', '{"version":2}'],
    [
      'one without an owner',
      '{"version":1,"allocationId":"a","netns":"/n","state":"allocating","agentSeq":1,"pod":{}}',
    ],
    ['zeros', '\0\0\0\0\0\0'],
  ])('is put aside and named, and the rest is read: %s', async (_, text) => {
    const folder = newFolder();
    const { journal } = await FileJournal.open(folder);
    for (const entry of entries.slice(0, 1)) await journal.put(entry);
    writeFileSync(join(folder, 'bad.entry.json'), text);
    const again = await FileJournal.open(folder);
    expect(again.corrupt).toEqual(['bad.entry.json.corrupt']);
    expect(readFileSync(join(folder, 'bad.entry.json.corrupt'), 'utf8')).toBe(text);
    expect(again.journal.entries()).toEqual(entries.slice(0, 1));
    expect(again.journal.kept().intact).toBe(false);
  });

  it('is remembered until the centre has been told, over restarts', async () => {
    const folder = newFolder();
    await FileJournal.open(folder);
    writeFileSync(join(folder, 'bad.entry.json'), '');
    await FileJournal.open(folder);
    const { journal, corrupt } = await FileJournal.open(folder);
    expect([corrupt, journal.kept().intact]).toEqual([[], false]);
    await journal.keep((kept) => ({ ...kept, intact: true }));
    expect((await FileJournal.open(folder)).journal.kept().intact).toBe(true);
  });

  it('that held the promises makes the journal one that cannot be trusted', async () => {
    const folder = newFolder();
    await FileJournal.open(folder);
    writeFileSync(join(folder, 'state.json'), '{');
    const { journal, corrupt } = await FileJournal.open(folder);
    expect([corrupt, journal.kept()]).toEqual([['state.json.corrupt'], { ...nothingKept, intact: false }]);
  });

  it('that held the incarnation makes a new one', async () => {
    const folder = newFolder();
    const first = await FileJournal.open(folder);
    writeFileSync(join(folder, 'incarnation'), 'zz');
    const { journal, corrupt } = await FileJournal.open(folder);
    expect(journal.incarnation).not.toBe(first.journal.incarnation);
    expect([corrupt, journal.kept().intact]).toEqual([['incarnation.corrupt'], false]);
  });

  it('lost altogether makes a new incarnation', async () => {
    const folder = newFolder();
    const first = await FileJournal.open(folder);
    rmSync(folder, { recursive: true });
    const { journal } = await FileJournal.open(folder);
    expect(journal.incarnation).not.toBe(first.journal.incarnation);
  });
});
