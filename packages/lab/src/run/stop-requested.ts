import { commandOf, identityOf, isRunning, parentOf, type ProcessIdentity } from './process-table.js';

/** Ctrl-C can arrive twice at once, from the terminal and from npm, and still be one wish. */
const oneWishMs = 500;
const lookAtKeepersMs = 1_000;

/** What a signal means, `sinceFirstMs` after the first one, which has none. */
export function meaningOf(sinceFirstMs: number | undefined): 'stop' | 'nothing' | 'exit-now' {
  if (sinceFirstMs === undefined) return 'stop';
  return sinceFirstMs < oneWishMs ? 'nothing' : 'exit-now';
}

/**
 * Who keeps a process in being: the process that started it, and npm where npm did so through a shell, since that shell
 * survives npm.
 */
export async function keepersOf(pid: number): Promise<readonly ProcessIdentity[]> {
  const parent = await parentOf(pid);
  const grandparent = await parentOf(parent);
  const behindShell = /^(ba|da)?sh$/.test(await commandOf(parent)) && /^npm\b/.test(await commandOf(grandparent));
  const identities = await Promise.all((behindShell ? [parent, grandparent] : [parent]).map(identityOf));
  return identities.filter((identity) => identity !== undefined);
}

/**
 * Aborts at Ctrl-C, at SIGTERM, when the terminal goes away, and when one of its keepers is gone: a lab that nobody can
 * reach any more removes itself. A second signal ends the process at once.
 */
export function stopRequested(keepers: readonly ProcessIdentity[]): AbortSignal {
  const stopping = new AbortController();
  let firstAt: number | undefined;
  const stop = (): void => {
    const meaning = meaningOf(firstAt === undefined ? undefined : performance.now() - firstAt);
    firstAt ??= performance.now();
    if (meaning === 'exit-now') process.exit(130);
    stopping.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  const watch = setInterval(() => {
    void Promise.all(keepers.map(isRunning)).then((running) => {
      if (running.includes(false)) stopping.abort();
    });
  }, lookAtKeepersMs);
  watch.unref();
  return stopping.signal;
}
