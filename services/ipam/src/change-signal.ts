/** Tells who waits that the record of a node may have changed. A lost or needless notice costs one look. */
export class ChangeSignal {
  private readonly waiters = new Map<string, Set<() => void>>();

  notify(nodeId: string): void {
    const waiting = this.waiters.get(nodeId);
    this.waiters.delete(nodeId);
    for (const wake of waiting ?? []) wake();
  }

  /** Resolves at the next notice, after `ms`, or when the signal aborts. */
  wait(nodeId: string, ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = this.waiters.get(nodeId) ?? new Set();
      this.waiters.set(nodeId, waiting);
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
