import {
  changesBetween,
  type CommandKind,
  type CommandOf,
  IpamRefusal,
  type NodeRecord,
  type ProtocolTimes,
  recordOf,
  type Replies,
  type Reply,
  SchemaTooNew,
  step,
} from '@terway/ipam-core';
import { errorText, type Logger } from '@terway/runtime';
import { GroupCommit } from './group-commit.js';
import type { NodeStore } from './node-store.js';
import type { RecordPersistence } from './record-persistence.js';

export interface EmbeddedStoreParts {
  readonly persistence: RecordPersistence;
  readonly times: ProtocolTimes;
  readonly nowMs: () => number;
  readonly log: Logger;
  /** Called once when a batch could not be written: the process must end, since nobody knows what is on disk. */
  readonly fail: (error: unknown) => void;
}

/**
 * The node store of one process: the rules of `step` over records in memory, and a log of their changes on disk. A
 * command takes effect at once; its reply leaves when everything that it was computed from is durable.
 */
export class EmbeddedNodeStore implements NodeStore {
  private constructor(
    private readonly parts: EmbeddedStoreParts,
    private readonly records: Map<string, NodeRecord>,
    private readonly commits: GroupCommit,
  ) {}

  /**
   * Reads what is there. Every record counts as suspected, since a lost tail leaves no gap; where the store sees damage,
   * all records are dropped: their nodes report again, and the cloud is listed.
   *
   * @throws IpamRefusal `schema-too-new`
   */
  static async open(parts: EmbeddedStoreParts): Promise<EmbeddedNodeStore> {
    const { persistence, log, times, nowMs, fail } = parts;
    const loaded = await persistence.load();
    const commits = new GroupCommit(persistence, loaded.lastBatch, fail);
    const records = new Map<string, NodeRecord>();
    const store = new EmbeddedNodeStore(parts, records, commits);
    const { kept, damage } = readable(loaded.records, loaded.damage);
    if (damage.length > 0) {
      const nodes = loaded.records.size;
      log.error('the store has lost something: every node reports anew', { nodes, damage: damage.join('; ') });
      for (const nodeId of loaded.records.keys()) commits.add({ nodeId, replace: true, changes: new Map() });
    } else {
      for (const [nodeId, record] of kept) {
        records.set(nodeId, record);
        const suspected = step<'suspect'>(record, { kind: 'suspect' }, nowMs(), times).record;
        store.keep(nodeId, record, suspected);
      }
    }
    await commits.durable();
    log.info('lease store is open', { nodes: records.size, batch: loaded.lastBatch });
    return store;
  }

  async apply<K extends CommandKind>(nodeId: string, command: CommandOf<K>, nowMs: number): Promise<Reply<Replies[K]>> {
    const before = this.records.get(nodeId);
    const { record, reply } = step<K>(before, command, nowMs, this.parts.times);
    this.keep(nodeId, before, record);
    await this.commits.durable();
    return reply;
  }

  async read(nodeId: string): Promise<NodeRecord | undefined> {
    const record = this.records.get(nodeId);
    await this.commits.durable();
    return record;
  }

  async nodeIds(): Promise<readonly string[]> {
    return [...this.records.keys()];
  }

  async close(): Promise<void> {
    await this.commits.durable();
    await this.parts.persistence.close();
  }

  private keep(nodeId: string, before: NodeRecord | undefined, after: NodeRecord | undefined): void {
    if (after === undefined) return;
    this.records.set(nodeId, after);
    const changes = changesBetween(before, after);
    if (changes.size > 0) this.commits.add({ nodeId, replace: before === undefined, changes });
  }
}

/** The records that can be read, and what is wrong with the others. A later schema is not damage: it is refused. */
function readable(
  records: ReadonlyMap<string, ReadonlyMap<string, string>>,
  damage: readonly string[],
): { readonly kept: ReadonlyMap<string, NodeRecord>; readonly damage: readonly string[] } {
  const kept = new Map<string, NodeRecord>();
  const found = [...damage];
  for (const [nodeId, fields] of records) {
    try {
      const record = recordOf(fields);
      if (record !== undefined) kept.set(nodeId, record);
      else if (fields.size > 0) found.push(`the record of ${nodeId} has no generation`);
    } catch (error) {
      if (error instanceof SchemaTooNew)
        throw new IpamRefusal('schema-too-new', `${nodeId}: ${error.message}`, { cause: error });
      found.push(`the record of ${nodeId} cannot be read: ${errorText(error)}`);
    }
  }
  return { kept, damage: found };
}
