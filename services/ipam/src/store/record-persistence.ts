import type { FieldChanges, RecordFields } from '@terway/ipam-core';

/** What changed in the record of one node. */
export interface RecordChange {
  readonly nodeId: string;
  readonly changes: FieldChanges;
}

export interface LoadedRecords {
  readonly records: ReadonlyMap<string, RecordFields>;
  /** Sequence of the last batch; 0 for a store that was never written. */
  readonly lastBatch: number;
  /** What the store itself sees to be missing or damaged; empty when it sees nothing. */
  readonly damage: readonly string[];
}

/**
 * Where the embedded store keeps records. Batches are written one at a time, in the order of their sequence; when
 * `commit` resolves, its batch and every earlier one are durable. A commit that rejects may have happened or not.
 */
export interface RecordPersistence {
  load(): Promise<LoadedRecords>;
  commit(changes: readonly RecordChange[], batch: number): Promise<void>;
  /** Leaves all records behind: durably empty, and the next batch is number 1. */
  startAnew(): Promise<void>;
  close(): Promise<void>;
}
