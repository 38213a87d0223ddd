import { type FieldChanges, IpamRefusal, type NodeRecord, recordOf, SchemaTooNew } from '@terway/ipam-core';
import type { RedisConnection } from './redis-connection.js';
import type { RedisKeys } from './redis-keys.js';
import { fieldsIn } from './redis-reply.js';
import { scriptOf } from './redis-script.js';

const readScript = scriptOf(1, 'read.lua');
const commitScript = scriptOf(2, 'commit.lua');

export interface StoredRecord {
  readonly record: NodeRecord | undefined;
  /** Names the write that left the record so; empty when there is none. */
  readonly revision: string;
}

export interface RecordWrite {
  /** Random; becomes the revision. A repeat with the same id writes once. */
  readonly requestId: string;
  /** The revision that the changes were made of. */
  readonly revision: string;
  readonly changes: FieldChanges;
  readonly nowMs: number;
}

/** The records of nodes as hashes, read and written whole or not at all. */
export class RedisRecords {
  constructor(
    private readonly redis: RedisConnection,
    private readonly keys: RedisKeys,
  ) {}

  /** @throws IpamRefusal `schema-too-new` */
  async read(nodeId: string): Promise<StoredRecord> {
    const fields = fieldsIn(await this.redis.run(readScript, [this.keys.record(nodeId)]));
    return { record: readable(fields), revision: fields.get('rev') ?? '' };
  }

  /** False when the record has been written since it was read; nothing is changed then. */
  async commit(nodeId: string, { requestId, revision, changes, nowMs }: RecordWrite): Promise<boolean> {
    const written = [...changes].flatMap(([field, value]) => (value === undefined ? [] : [field, value]));
    const removed = [...changes].flatMap(([field, value]) => (value === undefined ? [field] : []));
    const values = [requestId, revision, nowMs, written.length / 2, ...written, ...removed];
    const keys = [this.keys.record(nodeId), this.keys.requests(nodeId)];
    return (await this.redis.run(commitScript, [...keys, ...values])) === 'written';
  }
}

function readable(fields: ReadonlyMap<string, string>): NodeRecord | undefined {
  try {
    return recordOf(fields);
  } catch (error) {
    if (!(error instanceof SchemaTooNew)) throw error;
    const { field, found } = error;
    throw new IpamRefusal('schema-too-new', error.message, { details: { field, found }, cause: error });
  }
}
