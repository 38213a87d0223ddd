import { isSettled, laggedFrom, seenAt, written } from './lagged.js';

describe('a value that is seen late', () => {
  it('shows the old one until the lag is over', () => {
    const value = written(laggedFrom('old'), 'new', 1000, 50);
    expect([seenAt(value, 1049), seenAt(value, 1050)]).toEqual(['old', 'new']);
  });

  it('shows a write without lag at once, and remembers nothing', () => {
    const value = written(laggedFrom('old'), 'new', 1000, 0);
    expect(seenAt(value, 1000)).toBe('new');
    expect(value.later).toEqual([]);
  });

  it('never shows an older one after a newer one, however short the later lag', () => {
    const value = written(written(laggedFrom('a'), 'b', 1000, 500), 'c', 1100, 0);
    expect([seenAt(value, 1100), seenAt(value, 1499), seenAt(value, 1500)]).toEqual(['a', 'a', 'c']);
  });

  it('keeps no more versions than somebody can still see', () => {
    let value = laggedFrom(0);
    for (let step = 1; step <= 100; step++) value = written(value, step, step * 100, 250);
    expect(value.later.length).toBeLessThanOrEqual(3);
    expect(isSettled(value, 10_000)).toBe(false);
    expect(isSettled(value, 10_250)).toBe(true);
  });
});
