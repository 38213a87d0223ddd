import { type Component, runComponents, startAll, stopAll } from './component.js';

/** A component that writes down what happens to it; `fails` names the step that throws. */
function recorded(name: string, events: string[], fails?: 'start' | 'stop'): Component {
  const step = async (what: 'start' | 'stop'): Promise<void> => {
    events.push(`${what} ${name}`);
    if (fails === what) throw new Error(`${name} cannot ${what}`);
  };
  return { name, start: () => step('start'), stop: () => step('stop') };
}

const failuresOf = (run: Promise<void>): Promise<string[]> =>
  run.then(
    () => [],
    (error: AggregateError) => error.errors.map((part: Error) => `${part.message}: ${(part.cause as Error).message}`),
  );

describe('components', () => {
  it('stop in the reverse of the order in which they start', async () => {
    const events: string[] = [];
    const components = ['store', 'allocator', 'server'].map((name) => recorded(name, events));
    await startAll(components);
    await stopAll(components);
    expect(events).toEqual([
      'start store',
      'start allocator',
      'start server',
      'stop server',
      'stop allocator',
      'stop store',
    ]);
  });

  it('all stop, even when some of them fail to', async () => {
    const events: string[] = [];
    const components = [recorded('a', events, 'stop'), recorded('b', events), recorded('c', events, 'stop')];
    expect(await failuresOf(stopAll(components))).toEqual([
      'c did not stop: c cannot stop',
      'a did not stop: a cannot stop',
    ]);
    expect(events).toEqual(['stop c', 'stop b', 'stop a']);
  });

  it('stop again when a later one does not start', async () => {
    const events: string[] = [];
    const components = [recorded('a', events, 'stop'), recorded('b', events), recorded('c', events, 'start')];
    expect(await failuresOf(startAll(components))).toEqual([
      'c did not start: c cannot start',
      'a did not stop: a cannot stop',
    ]);
    expect(events).toEqual(['start a', 'start b', 'start c', 'stop b', 'stop a']);
  });
});

describe('a run of components', () => {
  it('lasts until it is told to stop', async () => {
    const events: string[] = [];
    const until = new AbortController();
    const server: Component = {
      ...recorded('server', events),
      async start() {
        events.push('start server');
        setImmediate(() => {
          events.push('told to stop');
          until.abort();
        });
      },
    };
    await runComponents([recorded('store', events), server], until.signal);
    expect(events).toEqual(['start store', 'start server', 'told to stop', 'stop server', 'stop store']);
  });

  it('takes an order to stop during the start for no failure', async () => {
    const events: string[] = [];
    const until = new AbortController();
    const slow: Component = {
      name: 'slow',
      start: async (signal) => {
        until.abort(new Error('stopped by SIGTERM'));
        signal?.throwIfAborted();
      },
      stop: async () => void events.push('stop slow'),
    };
    await runComponents([recorded('store', events), slow, recorded('server', events)], until.signal);
    expect(events).toEqual(['start store', 'stop store']);
  });

  it('tells of a failed start', async () => {
    const run = runComponents([recorded('store', [], 'start')], new AbortController().signal);
    expect(await failuresOf(run)).toEqual(['store did not start: store cannot start']);
  });
});
