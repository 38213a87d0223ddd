/** Gives its slot back; calling it twice is harmless. */
export type Release = () => void;

/** A bound on things in flight: slots go out in the order in which they were asked for. */
export class Semaphore {
  private readonly waiting = new Set<() => void>();
  private free: number;

  constructor(slots: number) {
    if (!Number.isInteger(slots) || slots < 1) throw new RangeError(`slots: expected an integer >= 1, got ${slots}`);
    this.free = slots;
  }

  /** Waits for a slot. @throws the reason of `signal` when it aborts first */
  async take(signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted();
    if (this.free > 0) this.free -= 1;
    else await this.turn(signal);
    let held = true;
    return () => {
      if (held) this.pass();
      held = false;
    };
  }

  /** How many wait for a slot. */
  get queued(): number {
    return this.waiting.size;
  }

  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.waiting.delete(proceed);
        reject(signal.reason as Error);
      };
      const proceed = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.waiting.add(proceed);
    });
  }

  /** Hands the slot to whoever waits longest. */
  private pass(): void {
    const [next] = this.waiting;
    if (next === undefined) {
      this.free += 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }
}
