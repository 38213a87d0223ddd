import { getEventListeners } from 'node:events';
import { DeadlineError, sleep, withDeadline } from './deadline.js';

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

describe('a deadline', () => {
  it('ends the work that takes longer', async () => {
    await expect(withDeadline({ timeoutMs: 5 }, untilAborted)).rejects.toEqual(new DeadlineError(5));
  });

  it('passes on what comes of work that ends in time', async () => {
    expect(await withDeadline({ timeoutMs: 60_000 }, async () => 'done')).toBe('done');
    await expect(withDeadline({ timeoutMs: 60_000 }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('ends work when one of several others says so, for their reason', async () => {
    const caller = new AbortController();
    const shutdown = new AbortController();
    const work = withDeadline(
      { timeoutMs: 60_000, signals: [caller.signal, undefined, shutdown.signal] },
      untilAborted,
    );
    shutdown.abort(new Error('stopped by SIGTERM'));
    await expect(work).rejects.toThrow('stopped by SIGTERM');
  });

  it('is over at once when a signal aborted before', async () => {
    const work = withDeadline({ signals: [AbortSignal.abort(new Error('too late'))] }, untilAborted);
    await expect(work).rejects.toThrow('too late');
  });

  it('leaves no listener behind, and no warning of many', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const { signal } = new AbortController();
    const work = Array.from({ length: 30 }, () =>
      withDeadline({ timeoutMs: 60_000, signals: [signal] }, () => sleep(1, signal)),
    );
    await Promise.all(work);
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(warnings).toEqual([]);
  });
});

describe('sleep', () => {
  it('ends early for the reason of its signal', async () => {
    const caller = new AbortController();
    const nap = sleep(60_000, caller.signal);
    caller.abort(new Error('enough'));
    await expect(nap).rejects.toThrow('enough');
    await expect(sleep(60_000, caller.signal)).rejects.toThrow('enough');
  });
});
