import { insist } from './redis-retries.js';

/** A clock that moves only by waiting, and calls that fail with these texts before they succeed. */
function failing(...texts: readonly string[]) {
  let nowMs = 0;
  const waits: number[] = [];
  const left = [...texts];
  const attempt = async (): Promise<string> => {
    const text = left.shift();
    if (text !== undefined) throw new Error(text);
    return 'done';
  };
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms);
    nowMs += ms;
  };
  const patience = { patienceMs: 1_000, monotonicMs: () => nowMs, random01: () => 0, sleep };
  return { waits, result: insist(attempt, patience) };
}

it('repeats what the server refuses for the moment, and what has no known outcome', async () => {
  const { result, waits } = failing('LOADING', 'Command timed out', 'Connection is closed.');
  await expect(result).resolves.toBe('done');
  expect(waits).toEqual([50, 100, 200]);
});

it('gives up when its patience ends', async () => {
  const { result, waits } = failing(...Array.from({ length: 20 }, () => 'CLUSTERDOWN The cluster is down'));
  await expect(result).rejects.toMatchObject({ reason: 'store-unavailable', details: { cause: 'cluster-down' } });
  expect(waits).toEqual([50, 100, 200, 400]);
});

it('does not repeat what will be refused again', async () => {
  const { result, waits } = failing('OOM command not allowed');
  await expect(result).rejects.toMatchObject({ reason: 'store-unavailable', details: { executed: 'no' } });
  expect(waits).toEqual([]);
});

it('lets a fault of ours through as it is', async () => {
  await expect(failing('WRONGTYPE Operation against a key').result).rejects.toThrow(/^WRONGTYPE/);
});
