import { setMaxListeners } from 'node:events';

/**
 * Calls `listener` when `signal` aborts, at once if it has. One signal may end any number of waits.
 *
 * @returns a function that stops listening; whoever waits no longer must call it
 */
export function onAbort(signal: AbortSignal, listener: (reason: unknown) => void): () => void {
  const tell = (): void => listener(signal.reason);
  if (signal.aborted) {
    tell();
    return () => undefined;
  }
  endsManyWaits(signal);
  signal.addEventListener('abort', tell, { once: true });
  return () => signal.removeEventListener('abort', tell);
}

/** Node takes the eleventh listener of a signal for a leak, but the signal of a process ends hundreds of waits. */
export function endsManyWaits(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}
