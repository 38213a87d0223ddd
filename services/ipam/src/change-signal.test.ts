import { ChangeSignal } from './change-signal.js';

const never = new AbortController().signal;
/** Longer than any test runs. */
const longMs = 60_000;

/** Whether the promise has been resolved by now. */
function watched(promise: Promise<void>): { done: boolean } {
  const seen = { done: false };
  void promise.then(() => (seen.done = true));
  return seen;
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a notice', () => {
  it('wakes everybody who waits for the node, and nobody else', async () => {
    const changes = new ChangeSignal();
    const others = new AbortController();
    const [first, second, other] = ['i-1', 'i-1', 'i-2'].map((id) => watched(changes.wait(id, longMs, others.signal)));
    changes.notify('i-1');
    await soon();
    expect([first?.done, second?.done, other?.done]).toEqual([true, true, false]);
    others.abort();
  });

  it('is not kept for who comes later', async () => {
    const changes = new ChangeSignal();
    const caller = new AbortController();
    changes.notify('i-1');
    const late = watched(changes.wait('i-1', longMs, caller.signal));
    await soon();
    expect(late.done).toBe(false);
    caller.abort();
  });

  it('does not lose those who wait while others give up', async () => {
    const changes = new ChangeSignal();
    const [leaving, staying] = [new AbortController(), new AbortController()];
    const left = changes.wait('i-1', longMs, leaving.signal);
    const stayed = changes.wait('i-1', longMs, staying.signal);
    leaving.abort();
    await left;
    changes.notify('i-1');
    await stayed;
  });
});

describe('a wait', () => {
  it('ends after its time', async () => {
    await new ChangeSignal().wait('i-1', 1, never);
  });

  it('ends at once for a caller who has gone', async () => {
    await new ChangeSignal().wait('i-1', longMs, AbortSignal.abort());
  });
});
