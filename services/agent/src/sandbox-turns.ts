import { KeyedLock } from './keyed-lock.js';
import type { Owner } from '@terway/ipam-core';

/** While an ADD was under way its sandbox was deleted or replaced, or the plugin hung up: nobody waits for it. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** One thing at a time per sandbox interface. Letting go goes first: it ends the attempt that is under way. */
export class SandboxTurns {
  private readonly lock = new KeyedLock();
  private readonly attempts = new Map<string, AbortController>();

  /** @param task gets a signal that also aborts, with `Overtaken`, when the sandbox is let go meanwhile */
  attach<T>(owner: Owner, signal: AbortSignal, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const key = keyOf(owner);
    return this.lock.run(key, async () => {
      signal.throwIfAborted();
      const attempt = new AbortController();
      this.attempts.set(key, attempt);
      try {
        return await task(AbortSignal.any([signal, attempt.signal]));
      } finally {
        this.attempts.delete(key);
      }
    });
  }

  /** Waits for its turn and disturbs nobody. */
  join<T>(owner: Owner, task: () => Promise<T>): Promise<T> {
    return this.lock.run(keyOf(owner), task);
  }

  detach<T>(owner: Owner, task: () => Promise<T>): Promise<T> {
    const key = keyOf(owner);
    this.attempts.get(key)?.abort(new Overtaken('the sandbox is deleted'));
    return this.lock.run(key, task);
  }
}

function keyOf({ network, sandboxId, interfaceName }: Owner): string {
  return `${network}/${sandboxId}/${interfaceName}`;
}
