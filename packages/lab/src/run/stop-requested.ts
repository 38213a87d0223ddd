/**
 * Aborts at Ctrl-C, at SIGTERM, when the terminal goes away, and when the process that started this one is gone: a lab
 * whose keeper nobody can reach any more removes itself. A second signal ends the process at once.
 */
export function stopRequested(): AbortSignal {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent || stopping.signal.aborted) return;
    stopping.abort();
  }, 1_000);
  watch.unref();
  return stopping.signal;
}
