import { type Journal, type JournalEntry, JournalError, type KeptState, nothingKept } from './journal.js';

/** For tests: forgets everything with the process, and can be told that its disk is full. */
export class MemoryJournal implements Journal {
  full = false;
  private readonly byId = new Map<string, JournalEntry>();
  private state: KeptState;
  private version = 0;

  constructor(
    readonly incarnation: string,
    state: Partial<KeptState> = {},
  ) {
    this.state = { ...nothingKept, ...state };
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

  async put(entry: JournalEntry): Promise<void> {
    this.refuseWhenFull();
    this.byId.set(entry.allocationId, entry);
    this.version += 1;
  }

  async remove(allocationId: string): Promise<void> {
    if (this.byId.delete(allocationId)) this.version += 1;
  }

  async keep(update: (kept: KeptState) => KeptState): Promise<void> {
    this.refuseWhenFull();
    this.state = update(this.state);
  }

  private refuseWhenFull(): void {
    if (this.full) throw new JournalError('the journal could not be written: ENOSPC');
  }
}
