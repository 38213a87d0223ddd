import { lineProgress, untilStopped } from './progress.js';

function recording() {
  let now = 1000;
  const lines: string[] = [];
  const progress = lineProgress((line) => lines.push(line), () => now); // prettier-ignore
  return { progress, lines, pass: (ms: number) => (now += ms) };
}

it('says when a step is done, how long it took, and since when all runs', async () => {
  const { progress, lines, pass } = recording();
  pass(500);
  await progress.step('3 nodes', () => Promise.resolve(pass(1500)));
  expect(lines).toEqual(['   2.0 s  3 nodes (1.5 s)\n']);
});

it('begins no step once somebody wants to stop', async () => {
  const { progress, lines } = recording();
  const stop = new AbortController();
  const steps = untilStopped(progress, stop.signal);
  await steps.step('nodes', () => Promise.resolve());
  stop.abort();
  expect(() => steps.step('pods', () => Promise.resolve())).toThrow('stopped before the step: pods');
  expect(lines).toHaveLength(1);
});

it('says which step failed, and fails with it', async () => {
  const { progress, lines } = recording();
  await expect(progress.step('12 pods', () => Promise.reject(new Error('no address')))).rejects.toThrow('no address');
  expect(lines).toEqual(['   0.0 s  12 pods: failed\n']);
});
