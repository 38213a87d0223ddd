import { SyncAdmission } from './sync-admission.js';

const never = new AbortController().signal;

/** Tasks that say when they begin, and end when they are told to. */
function tasks() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => (): Promise<void> => {
    begun.push(name);
    return new Promise((resolve) => ends.set(name, resolve));
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, task, end };
}

it('runs so many at once, and nodes with waiting pods first', async () => {
  const admission = new SyncAdmission(2);
  const { begun, task, end } = tasks();
  const all = ['a', 'b', 'c', 'd', 'urgent'].map((name) => admission.run(name === 'urgent', never, task(name)));
  expect(begun).toEqual(['a', 'b']);
  await end('a');
  expect(begun).toEqual(['a', 'b', 'urgent']);
  for (const name of ['b', 'urgent', 'c', 'd']) await end(name);
  await Promise.all(all);
  expect(begun).toEqual(['a', 'b', 'urgent', 'c', 'd']);
});

it('passes over who has gone, and gives the place of a failed one on', async () => {
  const admission = new SyncAdmission(1);
  const { begun, task, end } = tasks();
  const gone = new AbortController();
  const first = admission.run(false, never, task('first'));
  const left = admission.run(false, gone.signal, task('left'));
  const failing = admission.run(false, never, () => Promise.reject(new Error('store away')));
  const last = admission.run(false, never, task('last'));
  gone.abort(new Error('gone'));
  await end('first');
  await first;
  await expect(left).rejects.toThrow('gone');
  await expect(failing).rejects.toThrow('store away');
  await end('last');
  await last;
  expect(begun).toEqual(['first', 'last']);
});
