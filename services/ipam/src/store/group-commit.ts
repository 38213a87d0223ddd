import type { RecordChange, RecordPersistence } from './record-persistence.js';

/**
 * Writes changes in batches: while one is being synced, what comes gathers into the next. Batches are numbered without
 * gaps, so that a missing one is seen. A batch that fails is never tried again.
 */
export class GroupCommit {
  private waiting: RecordChange[] = [];
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(
    private readonly persistence: Pick<RecordPersistence, 'commit'>,
    private batch: number,
    private readonly fail: (error: unknown) => void,
  ) {}

  /** The change is part of the next batch. */
  add(change: RecordChange): void {
    this.waiting.push(change);
  }

  /** Resolves when everything added so far is durable; never, when a batch could not be written. */
  durable(): Promise<void> {
    if (this.waiting.length === 0) return this.running ?? Promise.resolve();
    this.next ??= (this.running ?? Promise.resolve()).then(() => this.writeBatch());
    return this.next;
  }

  private writeBatch(): Promise<void> {
    const changes = this.waiting;
    this.waiting = [];
    this.next = undefined;
    this.batch += 1;
    const written = this.persistence.commit(changes, this.batch).then(
      () => {
        if (this.running === written) this.running = undefined;
      },
      (error: unknown) => {
        this.fail(error);
        return new Promise<void>(() => undefined);
      },
    );
    this.running = written;
    return written;
  }
}
