import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isTemporaryName, removeFileDurably, writeFileAtomically } from '@terway/runtime';
import { parseEntry, parseKept, renderEntry, renderKept } from './journal-file.js';
import { type Journal, type JournalEntry, JournalError, type KeptState, nothingKept } from './journal.js';

export interface OpenedJournal {
  readonly journal: FileJournal;
  /** Files that could not be read, under the names that they were put aside with. */
  readonly corrupt: readonly string[];
}

/**
 * The journal as a folder: one small JSON file per attachment, `incarnation`, and `state.json`. Every file is readable
 * with `cat`.
 */
export class FileJournal implements Journal {
  private version = 0;
  /** Writes go one after the other, so that what is on disk is what was asked last. */
  private lastWrite: Promise<void> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    readonly incarnation: string,
    private readonly byId: Map<string, JournalEntry>,
    private state: KeptState,
  ) {}

  /**
   * Opens the journal of a folder, making it when there is none. A file that does not read is put aside as
   * `NAME.corrupt`, and the journal is not intact until the centre has been told.
   *
   * @throws JournalError when the folder cannot be read or written
   */
  static async open(folder: string): Promise<OpenedJournal> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return await readFolder(folder, (...parts) => new FileJournal(folder, ...parts));
    } catch (cause) {
      throw asJournalError(cause);
    }
  }

  entries(): readonly JournalEntry[] {
    return [...this.byId.values()];
  }

  kept(): KeptState {
    return this.state;
  }

  changes(): number {
    return this.version;
  }

  put(entry: JournalEntry): Promise<void> {
    return this.inOrder(async () => {
      await writeFileAtomically(join(this.folder, fileName(entry)), renderEntry(entry));
      this.byId.set(entry.allocationId, entry);
      this.version += 1;
    });
  }

  remove(allocationId: string): Promise<void> {
    return this.inOrder(async () => {
      const entry = this.byId.get(allocationId);
      if (entry === undefined) return;
      await removeFileDurably(join(this.folder, fileName(entry)));
      this.byId.delete(allocationId);
      this.version += 1;
    });
  }

  keep(update: (kept: KeptState) => KeptState): Promise<void> {
    return this.inOrder(async () => {
      const state = update(this.state);
      await writeFileAtomically(join(this.folder, stateFile), renderKept(state));
      this.state = state;
    });
  }

  private inOrder(write: () => Promise<void>): Promise<void> {
    const done = this.lastWrite.then(write).catch((cause: unknown) => {
      throw asJournalError(cause);
    });
    this.lastWrite = done.catch(() => undefined);
    return done;
  }
}

const stateFile = 'state.json';
const incarnationFile = 'incarnation';
const entrySuffix = '.entry.json';

/** Begins with the sandbox, for whoever looks for one; the allocation id makes it unique. */
function fileName({ owner, allocationId }: JournalEntry): string {
  return `${owner.sandboxId.slice(0, 64)}.${allocationId}${entrySuffix}`;
}

type Parts = [incarnation: string, byId: Map<string, JournalEntry>, state: KeptState];

async function readFolder(folder: string, make: (...parts: Parts) => FileJournal): Promise<OpenedJournal> {
  const names = (await readdir(folder)).filter((name) => !isTemporaryName(name));
  const corrupt: string[] = [];
  const read = async <T>(name: string, parse: (text: string) => T | undefined): Promise<T | undefined> => {
    const value = parse(await readFile(join(folder, name), 'utf8'));
    if (value === undefined) {
      await rename(join(folder, name), join(folder, `${name}.corrupt`));
      corrupt.push(`${name}.corrupt`);
    }
    return value;
  };

  const entries = new Map<string, JournalEntry>();
  for (const name of names.filter((candidate) => candidate.endsWith(entrySuffix))) {
    const entry = await read(name, parseEntry);
    if (entry !== undefined) entries.set(entry.allocationId, entry);
  }
  const state = names.includes(stateFile) ? await read(stateFile, parseKept) : undefined;
  const incarnation = names.includes(incarnationFile) ? await read(incarnationFile, parseIncarnation) : undefined;
  // A journal that lost its own name cannot vouch for the rest of what it held.
  if (incarnation === undefined && entries.size > 0 && corrupt.length === 0) corrupt.push(incarnationFile);

  const kept = { ...(state ?? nothingKept), ...(corrupt.length > 0 ? { intact: false } : {}) };
  if (corrupt.length > 0) await writeFileAtomically(join(folder, stateFile), renderKept(kept));
  return { journal: make(incarnation ?? (await newIncarnation(folder)), entries, kept), corrupt };
}

async function newIncarnation(folder: string): Promise<string> {
  const incarnation = randomBytes(16).toString('hex');
  await writeFileAtomically(join(folder, incarnationFile), `${incarnation}\n`);
  return incarnation;
}

function parseIncarnation(text: string): string | undefined {
  return /^[0-9a-f]{32}\n$/.test(text) ? text.trim() : undefined;
}

function asJournalError(cause: unknown): JournalError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new JournalError(`journal: ${message}`, { cause });
}
