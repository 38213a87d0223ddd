import { getEventListeners } from 'node:events';
import { type Periodic, periodic, type PeriodicOptions } from './periodic.js';

const never = 1e9;
const loops: Periodic[] = [];
afterEach(async () => {
  for (const loop of loops.splice(0)) await loop.stop();
});

/** A started loop, and the means to wait for its runs. */
async function startLoop(options: Partial<PeriodicOptions>) {
  const errors: unknown[] = [];
  const defaults = { name: 'loop', intervalMs: never, task: async () => undefined };
  const loop = periodic({ ...defaults, report: (error) => errors.push(error), ...options });
  loops.push(loop);
  await loop.start();
  return { loop, errors };
}

/** Resolves at the n-th call of `arrive`. */
function countTo(target: number) {
  let count = 0;
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const arrive = async (): Promise<void> => {
    if (++count === target) reach();
  };
  return { arrive, reached, count: () => count };
}

describe('a periodic task', () => {
  it('runs at once, and again after each interval', async () => {
    const runs = countTo(3);
    await startLoop({ intervalMs: 1, task: runs.arrive });
    await runs.reached;
    expect(runs.count()).toBe(3);
  });

  it('runs on after a failure, which is reported', async () => {
    const runs = countTo(2);
    const { errors } = await startLoop({
      intervalMs: 1,
      task: async () => {
        await runs.arrive();
        throw new Error(`run ${runs.count()} failed`);
      },
    });
    await runs.reached;
    await Promise.resolve();
    expect(errors[0]).toEqual(new Error('run 1 failed'));
  });

  it('runs early when woken', async () => {
    const runs = countTo(2);
    const { loop } = await startLoop({ task: runs.arrive });
    await new Promise(setImmediate);
    expect(runs.count()).toBe(1);
    loop.wake();
    await runs.reached;
  });

  it('runs once more when woken during a run, and never twice at a time', async () => {
    let active = 0;
    let most = 0;
    const runs = countTo(2);
    const { loop } = await startLoop({
      task: async () => {
        most = Math.max(most, ++active);
        await new Promise(setImmediate);
        active--;
        await runs.arrive();
      },
    });
    loop.wake();
    loop.wake();
    await runs.reached;
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect({ most, runs: runs.count() }).toEqual({ most: 1, runs: 2 });
  });

  it('ends the run in progress when it stops, and waits for it', async () => {
    const events: string[] = [];
    const { loop, errors } = await startLoop({
      task: async (signal) => {
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        await new Promise(setImmediate);
        events.push('run ended');
        signal.throwIfAborted();
      },
    });
    await loop.stop();
    events.push('stopped');
    expect(events).toEqual(['run ended', 'stopped']);
    expect(errors).toEqual([]);
  });

  it('leaves nothing on its signal, however long it runs', async () => {
    const runs = countTo(20);
    let held: AbortSignal | undefined;
    await startLoop({
      intervalMs: 0,
      task: (signal) => {
        held = signal;
        return runs.arrive();
      },
    });
    await runs.reached;
    expect(held && getEventListeners(held, 'abort')).toEqual([]);
  });
});
