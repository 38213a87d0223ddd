import type { LoadedRecords, RecordChange, RecordPersistence } from './record-persistence.js';

/** Forgets everything with the process: for tests, and for a service that is to be tried without a disk. */
export class MemoryPersistence implements RecordPersistence {
  private readonly records = new Map<string, Map<string, string>>();
  private lastBatch = 0;

  async load(): Promise<LoadedRecords> {
    return { records: this.records, lastBatch: this.lastBatch, damage: [] };
  }

  async commit(changes: readonly RecordChange[], batch: number): Promise<void> {
    for (const { nodeId, changes: fields } of changes) {
      const record = this.records.get(nodeId) ?? new Map<string, string>();
      for (const [field, text] of fields) {
        if (text === undefined) record.delete(field);
        else record.set(field, text);
      }
      this.records.set(nodeId, record);
    }
    this.lastBatch = batch;
  }

  async startAnew(): Promise<void> {
    this.records.clear();
    this.lastBatch = 0;
  }

  async close(): Promise<void> {
    // what is in memory needs no closing
  }
}
