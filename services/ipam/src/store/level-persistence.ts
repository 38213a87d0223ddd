import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText } from '@terway/runtime';
import { ClassicLevel } from 'classic-level';
import { type Entry, LevelImage } from './level-image.js';
import type { LoadedRecords, RecordChange, RecordPersistence } from './record-persistence.js';

/** The folder of an embedded store cannot be used. */
export class StoreFolderError extends Error {
  override readonly name = 'StoreFolderError';

  constructor(
    readonly reason: 'locked' | 'damaged' | 'unusable',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Records in a LevelDB database, `records` in the store's folder. Every batch is synced. LevelDB opens a database that
 * is damaged without a word and skips what it cannot read, so the database says itself what should be in it
 * (level-image.ts). What damage has made worthless stays beside it as `damaged`, until that happens again.
 */
export class LevelPersistence implements RecordPersistence {
  private image = new LevelImage();

  private constructor(
    private readonly folder: string,
    private db: ClassicLevel,
    /** Why the database cannot be opened; empty when it is open. */
    private readonly lost: readonly string[],
  ) {}

  /** @throws StoreFolderError `locked` when another process has the folder open; `unusable` */
  static async open(folder: string): Promise<LevelPersistence> {
    const db = databaseOf(folder);
    try {
      await openDatabase(db, folder);
      return new LevelPersistence(folder, db, []);
    } catch (error) {
      if (!(error instanceof StoreFolderError) || error.reason !== 'damaged') throw error;
      return new LevelPersistence(folder, db, [error.message]);
    }
  }

  async load(): Promise<LoadedRecords> {
    if (this.lost.length > 0) return { records: new Map(), lastBatch: 0, damage: this.lost };
    const entries: Entry[] = [];
    const damage: string[] = [];
    try {
      for await (const entry of this.db.iterator()) entries.push(entry);
    } catch (error) {
      damage.push(`reading ended early: ${errorText(error)}`);
    }
    const loaded = this.image.load(entries);
    return { ...loaded, damage: [...damage, ...loaded.damage] };
  }

  /** @throws StoreFolderError `unusable`, for example when the disk is full: nobody knows what is on it then */
  async commit(changes: readonly RecordChange[], batch: number): Promise<void> {
    try {
      await this.db.batch(this.image.operationsOf(changes, batch), { sync: true });
    } catch (error) {
      const what = `batch ${batch} could not be written: ${errorText(error)}`;
      throw new StoreFolderError('unusable', `store folder ${this.folder}: ${what}`, { cause: error });
    }
  }

  async startAnew(): Promise<void> {
    await this.db.close();
    await setAside(this.folder);
    this.db = databaseOf(this.folder);
    await openDatabase(this.db, this.folder);
    this.image = new LevelImage();
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

function databaseOf(folder: string): ClassicLevel {
  return new ClassicLevel(join(folder, 'records'));
}

async function openDatabase(db: ClassicLevel, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await db.open();
  } catch (error) {
    throw folderError(folder, error);
  }
}

async function setAside(folder: string): Promise<void> {
  await rm(join(folder, 'damaged'), { recursive: true, force: true });
  await rename(join(folder, 'records'), join(folder, 'damaged'));
}

function folderError(folder: string, error: unknown): StoreFolderError {
  const { cause = error } = error as { readonly cause?: unknown };
  switch ((cause as { readonly code?: unknown }).code) {
    case 'LEVEL_LOCKED':
      return new StoreFolderError('locked', `store folder ${folder}: another process has it open`, { cause: error });
    case 'LEVEL_CORRUPTION':
      return new StoreFolderError('damaged', `the database cannot be opened: ${errorText(cause)}`, { cause: error });
    default:
      return new StoreFolderError('unusable', `store folder ${folder}: ${errorText(cause)}`, { cause: error });
  }
}
