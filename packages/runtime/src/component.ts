import { once } from 'node:events';

/** A part of a process that runs between `start` and `stop`. Each is called at most once. */
export interface Component {
  readonly name: string;
  /** Resolves when the component does its work. Gives up when `signal` aborts. */
  start(signal?: AbortSignal): Promise<void>;
  /** Resolves when nothing of the component runs any more. */
  stop(): Promise<void>;
}

/**
 * Starts `components` in order. When one fails, those that started before it are stopped again.
 *
 * @throws AggregateError of everything that failed
 */
export async function startAll(components: readonly Component[], signal?: AbortSignal): Promise<void> {
  const started: Component[] = [];
  try {
    await startEach(components, started, signal);
    signal?.throwIfAborted();
  } catch (error) {
    throw new AggregateError([error, ...(await stopEach(started))], 'the components did not start');
  }
}

/**
 * Stops `components` in reverse order, every one of them, whatever fails.
 *
 * @throws AggregateError of everything that failed
 */
export async function stopAll(components: readonly Component[]): Promise<void> {
  const failures = await stopEach(components);
  if (failures.length > 0) throw new AggregateError(failures, 'the components did not stop cleanly');
}

/**
 * Starts `components` in order, waits for `until`, then stops the started ones in reverse order. An abort while they
 * still start is an order to stop, not a failure.
 *
 * @throws AggregateError of everything that failed
 */
export async function runComponents(components: readonly Component[], until: AbortSignal): Promise<void> {
  const started: Component[] = [];
  const failures: unknown[] = [];
  try {
    await startEach(components, started, until);
    if (!until.aborted) await once(until, 'abort');
  } catch (error) {
    if (!until.aborted) failures.push(error);
  }
  failures.push(...(await stopEach(started)));
  if (failures.length > 0) throw new AggregateError(failures, 'the process did not run cleanly');
}

async function startEach(components: readonly Component[], started: Component[], signal?: AbortSignal): Promise<void> {
  for (const component of components) {
    if (signal?.aborted) return;
    try {
      await component.start(signal);
    } catch (error) {
      throw new Error(`${component.name} did not start`, { cause: error });
    }
    started.push(component);
  }
}

async function stopEach(components: readonly Component[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const component of components.toReversed()) {
    try {
      await component.stop();
    } catch (error) {
      failures.push(new Error(`${component.name} did not stop`, { cause: error }));
    }
  }
  return failures;
}
