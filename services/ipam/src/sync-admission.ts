interface Waiting {
  readonly urgent: boolean;
  readonly begin: () => void;
}

/**
 * Lets so many Syncs run at once, nodes with waiting pods first, so that a restart of all agents at the same moment stays
 * harmless (docs/lease-protocol.md section 4). Who has gone by its turn is passed over.
 */
export class SyncAdmission {
  private running = 0;
  private readonly queue: Waiting[] = [];

  constructor(private readonly most: number) {}

  /** @throws the signal's reason, when the caller has gone before its turn */
  async run<T>(urgent: boolean, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    if (this.running >= this.most) await new Promise<void>((begin) => this.queue.push({ urgent, begin }));
    else this.running += 1;
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      this.next();
    }
  }

  /** The place goes to who is next, or is free. */
  private next(): void {
    const urgent = this.queue.findIndex((waiting) => waiting.urgent);
    const [waiting] = this.queue.splice(Math.max(0, urgent), 1);
    if (waiting === undefined) this.running -= 1;
    else waiting.begin();
  }
}
