import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileJournal } from './file-journal.js';
import { type JournalEntry, JournalError } from './journal.js';

/** A disk of 64 KiB: needs root, for the mount. */
let disk: string;
beforeAll(async () => {
  disk = await mkdtemp(join(tmpdir(), 'terway-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
});
afterAll(async () => {
  execFileSync('umount', [disk]);
  await rm(disk, { recursive: true });
});

const owner = (sandboxId: string) => ({ network: 'terway', sandboxId, interfaceName: 'eth0' });
const entry = (allocationId: string): JournalEntry => ({
  ...{ allocationId, owner: owner(allocationId), netns: '/run/netns/p', agentSeq: 1 },
  state: 'allocating',
  pod: { namespace: 'default', name: 'web', uid: 'u' },
});

it('refuses what does not fit on a full disk, and keeps what was written', async () => {
  const folder = join(disk, 'journal');
  const { journal } = await FileJournal.open(folder);
  await journal.put(entry('first'));
  await writeFile(join(disk, 'filler'), Buffer.alloc(64 * 1024)).catch(() => undefined);
  await expect(journal.put(entry('second'))).rejects.toThrow(JournalError);
  expect(journal.entries().map(({ allocationId }) => allocationId)).toEqual(['first']);
  const { journal: reopened, corrupt } = await FileJournal.open(folder);
  expect(corrupt).toEqual([]);
  expect(reopened.entries().map(({ allocationId }) => allocationId)).toEqual(['first']);
});
