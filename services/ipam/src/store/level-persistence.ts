import { ClassicLevel } from 'classic-level';
import { errorText } from '@terway/runtime';
import type { LoadedRecords, RecordChange, RecordPersistence } from './record-persistence.js';

/** The folder of an embedded store cannot be used. */
export class StoreFolderError extends Error {
  override readonly name = 'StoreFolderError';
}

/** Sorts before every record: `batch/<n>` of the last batches, `record/<node>/<field>`. */
const batchPrefix = 'batch/';
const recordPrefix = 'record/';
/** So many batch numbers are kept; a gap among them is a loss. */
const batchesKept = 1_000;

/**
 * Records in a LevelDB folder. Every batch is synced, and carries its number: LevelDB opens a log with a damaged block
 * without a word and skips what was in it, so only a gap in the numbers tells.
 */
export class LevelPersistence implements RecordPersistence {
  private constructor(private readonly db: ClassicLevel) {}

  /** @throws StoreFolderError, for example when another process has the folder open */
  static async open(folder: string): Promise<LevelPersistence> {
    const db = new ClassicLevel(folder);
    try {
      await db.open();
      return new LevelPersistence(db);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const locked = /\block\b.*held/i.test(errorText(cause));
      const what = locked ? 'another process has it open' : errorText(cause);
      throw new StoreFolderError(`store folder ${folder}: ${what}`, { cause: error });
    }
  }

  async load(): Promise<LoadedRecords> {
    const records = new Map<string, Map<string, string>>();
    const batches: number[] = [];
    const damage: string[] = [];
    try {
      for await (const [key, value] of this.db.iterator()) {
        if (key.startsWith(batchPrefix)) batches.push(Number(key.slice(batchPrefix.length)));
        else if (key.startsWith(recordPrefix)) addField(records, key.slice(recordPrefix.length), value);
      }
    } catch (error) {
      damage.push(`reading ended early: ${errorText(error)}`);
    }
    const gap = firstGap(batches);
    if (gap !== undefined) damage.push(`batch ${gap} is missing`);
    if (batches.length === 0 && records.size > 0) damage.push('records without any batch');
    return { records, lastBatch: batches.at(-1) ?? 0, damage };
  }

  async commit(changes: readonly RecordChange[], batch: number): Promise<void> {
    const replaced = changes.filter(({ replace }) => replace);
    const old = await Promise.all(replaced.map(({ nodeId }) => this.keysOf(nodeId)));
    const operations = [
      { type: 'put' as const, key: `${batchPrefix}${numbered(batch)}`, value: '' },
      { type: 'del' as const, key: `${batchPrefix}${numbered(batch - batchesKept)}` },
      ...old.flat().map((key) => ({ type: 'del' as const, key })),
      ...changes.flatMap(({ nodeId, changes: fields }) =>
        [...fields].map(([field, value]) => {
          const key = `${recordPrefix}${nodeId}/${field}`;
          return value === undefined ? { type: 'del' as const, key } : { type: 'put' as const, key, value };
        }),
      ),
    ];
    await this.db.batch(operations, { sync: true });
  }

  close(): Promise<void> {
    return this.db.close();
  }

  private keysOf(nodeId: string): Promise<string[]> {
    const prefix = `${recordPrefix}${nodeId}/`;
    return this.db.keys({ gte: prefix, lt: `${prefix}\uffff` }).all();
  }
}

function addField(records: Map<string, Map<string, string>>, path: string, value: string): void {
  const slash = path.indexOf('/');
  const nodeId = path.slice(0, slash);
  const record = records.get(nodeId) ?? new Map<string, string>();
  record.set(path.slice(slash + 1), value);
  records.set(nodeId, record);
}

/** The first number that should be there and is not. The numbers come in order, since keys do. */
function firstGap(batches: readonly number[]): number | undefined {
  const last = batches.at(-1) ?? 0;
  const expected = Math.max(1, last - batchesKept + 1);
  const at = batches.findIndex((batch, i) => batch !== expected + i);
  return at === -1 ? undefined : expected + at;
}

function numbered(batch: number): string {
  return String(Math.max(0, batch)).padStart(16, '0');
}
