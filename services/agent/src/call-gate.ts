/** Why a call was cut short: a new session begins. Its outcome is unknown, and the statement of that session settles it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Many calls of a session may run at once, but none beside Open and Sync. Whoever wants to be alone interrupts the
 * calls in progress, waits for them to return, and holds back new ones.
 */
export class CallGate {
  private running = 0;
  private alone: Promise<void> | undefined;
  private interrupt = new AbortController();
  private onIdle: (() => void) | undefined;

  /** Calls in progress. */
  get inFlight(): number {
    return this.running;
  }

  /** @param task gets a signal that aborts with `Interrupted` when somebody wants to be alone */
  async shared<T>(task: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
    while (this.alone !== undefined) await this.alone;
    this.running += 1;
    try {
      return await task(this.interrupt.signal);
    } finally {
      this.running -= 1;
      if (this.running === 0) this.onIdle?.();
    }
  }

  /** Ends the waiting of all calls in progress; `reason` is what they see. */
  cutShort(reason: Error): void {
    this.interrupt.abort(reason);
    this.interrupt = new AbortController();
  }

  async exclusive<T>(task: () => Promise<T>): Promise<T> {
    while (this.alone !== undefined) await this.alone;
    let leave: () => void = () => undefined;
    this.alone = new Promise((resolve) => (leave = resolve));
    try {
      this.cutShort(new Interrupted('a new session begins'));
      if (this.running > 0) await new Promise<void>((resolve) => (this.onIdle = resolve));
      return await task();
    } finally {
      this.onIdle = undefined;
      this.alone = undefined;
      leave();
    }
  }
}
