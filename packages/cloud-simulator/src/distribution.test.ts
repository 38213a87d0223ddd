import { logNormal, sample } from './distribution.js';
import { seededRandom } from './random.js';

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? 0;
}

function draw(seed: string): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: 5 }, () => random.next());
}

describe('how long things take', () => {
  it('meets the median and the 99th percentile of a log-normal distribution, and its bound', () => {
    const random = seededRandom('1/test');
    const drawn = Array.from({ length: 20_000 }, () => sample(logNormal(500, 2000), random));
    expect(Math.abs(quantile(drawn, 0.5) - 500)).toBeLessThan(25);
    expect(Math.abs(quantile(drawn, 0.99) - 2000)).toBeLessThan(200);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(6000);
  });

  it('stays within the bounds of a uniform one', () => {
    const random = seededRandom('2/test');
    const drawn = Array.from({ length: 1000 }, () => sample({ kind: 'uniform', minMs: 10, maxMs: 20 }, random));
    expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([10, 20]);
  });

  it('draws the same for the same seed, and otherwise for another purpose', () => {
    expect(draw('1/ids')).toEqual(draw('1/ids'));
    expect(draw('1/ids')).not.toEqual(draw('1/addresses'));
  });
});
