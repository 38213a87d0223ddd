import {
  changesBetween,
  type CommandKind,
  type CommandOf,
  type IpamRefusal,
  type NodeRecord,
  type ProtocolTimes,
  type Replies,
  type Reply,
  step,
} from '@terway/ipam-core';
import type { Logger } from '@terway/runtime';
import { GroupCommit } from './group-commit.js';
import type { NodeStore } from './node-store.js';
import type { RecordPersistence } from './record-persistence.js';
import { storedRecords } from './stored-records.js';

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
  private readonly records = new Map<string, NodeRecord>();

  private constructor(
    private readonly parts: EmbeddedStoreParts,
    private readonly commits: GroupCommit,
    private readonly tooNew: ReadonlyMap<string, IpamRefusal>,
  ) {}

  /**
   * Reads what is there. Every record counts as suspected, since a lost tail leaves no trace; where the store sees
   * damage, all records are dropped: their nodes report again, and the cloud is listed.
   */
  static async open(parts: EmbeddedStoreParts): Promise<EmbeddedNodeStore> {
    const { persistence, log, times, nowMs, fail } = parts;
    const loaded = await persistence.load();
    const { records, tooNew, damage } = storedRecords(loaded);
    if (damage.length > 0) {
      log.error('the lease store has lost data, every node reports anew', {
        nodes: loaded.records.size,
        batch: loaded.lastBatch,
        damage: damage.join('; '),
      });
      await persistence.startAnew();
      return new EmbeddedNodeStore(parts, new GroupCommit(persistence, 0, fail), new Map());
    }
    const store = new EmbeddedNodeStore(parts, new GroupCommit(persistence, loaded.lastBatch, fail), tooNew);
    for (const [nodeId, record] of records) {
      store.keep(nodeId, record, step<'suspect'>(record, { kind: 'suspect' }, nowMs(), times).record);
    }
    await store.commits.durable();
    for (const { message } of tooNew.values()) log.error('a node is refused', { reason: 'schema-too-new', message });
    log.info('lease store is open', { nodes: records.size, batch: loaded.lastBatch });
    return store;
  }

  async apply<K extends CommandKind>(nodeId: string, command: CommandOf<K>, nowMs: number): Promise<Reply<Replies[K]>> {
    const before = this.recordOf(nodeId);
    const { record, reply } = step<K>(before, command, nowMs, this.parts.times);
    this.keep(nodeId, before, record);
    await this.commits.durable();
    return reply;
  }

  async read(nodeId: string): Promise<NodeRecord | undefined> {
    const record = this.recordOf(nodeId);
    await this.commits.durable();
    return record;
  }

  async nodeIds(): Promise<readonly string[]> {
    const nodeIds = [...this.records.keys(), ...this.tooNew.keys()];
    await this.commits.durable();
    return nodeIds;
  }

  async close(): Promise<void> {
    await this.commits.durable();
    await this.parts.persistence.close();
  }

  private recordOf(nodeId: string): NodeRecord | undefined {
    const refusal = this.tooNew.get(nodeId);
    if (refusal !== undefined) throw refusal;
    return this.records.get(nodeId);
  }

  private keep(nodeId: string, before: NodeRecord | undefined, after: NodeRecord | undefined): void {
    if (after === undefined) return;
    this.records.set(nodeId, after);
    const changes = changesBetween(before, after);
    if (changes.size > 0) this.commits.add({ nodeId, changes });
  }
}
