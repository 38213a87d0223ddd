import fc from 'fast-check';
import { type Backoff, backoffMs, jitteredMs } from './backoff.js';

const anyRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const anyBackoff: fc.Arbitrary<Backoff> = fc.record({
  baseMs: fc.integer({ min: 1, max: 10_000 }),
  maxMs: fc.integer({ min: 10_000, max: 600_000 }),
  factor: fc.double({ min: 1, max: 4, noNaN: true }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});
const settings = { seed: 20_260_101, numRuns: 300 };

describe('backoff', () => {
  it('is whole, never negative, and never above its bound, however often something fails', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), anyBackoff, anyRandom, (attempt, backoff, random) => {
        const ms = backoffMs(attempt, backoff, () => random);
        expect(Number.isInteger(ms)).toBe(true);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(backoff.maxMs);
      }),
      settings,
    );
  });

  it('never shrinks from one failure to the next, chance being equal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), anyBackoff, anyRandom, (attempt, backoff, random) => {
        const wait = (failures: number): number => backoffMs(failures, backoff, () => random);
        expect(wait(attempt + 1)).toBeGreaterThanOrEqual(wait(attempt));
      }),
      settings,
    );
  });

  it('doubles without further word, and chance takes up to half of it', () => {
    const backoff = { baseMs: 100, maxMs: 1_000 };
    expect([1, 2, 3, 4, 5].map((attempt) => backoffMs(attempt, backoff, () => 0))).toEqual([100, 200, 400, 800, 1_000]);
    expect([1, 5].map((attempt) => backoffMs(attempt, backoff, () => 0.999_999))).toEqual([50, 500]);
  });
});

describe('a jittered interval', () => {
  it('stays within its share', () => {
    expect([0, 0.5, 0.999_999].map((chance) => jitteredMs(1_000, 0.1, () => chance))).toEqual([900, 1_000, 1_100]);
  });
});
