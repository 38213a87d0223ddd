import { ratio, type Row, summaryOf } from './rows.js';

const row = (name: string, samples: readonly number[]): Row => ({ name, unit: 'ms', samples });

it('reads a row off its samples, whatever their order', () => {
  const samples = Array.from({ length: 101 }, (_, i) => 100 - i);
  expect(summaryOf(row('a', samples))).toEqual({
    name: 'a',
    unit: 'ms',
    n: 101,
    min: 0,
    median: 50,
    p99: 99,
    max: 100,
  });
});

it('compares medians', () => {
  expect(ratio('a-over-b', row('a', [2, 6, 4]), row('b', [2, 2, 100])).samples).toEqual([2]);
});
