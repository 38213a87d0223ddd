import { closest } from './closest.js';

const flags = ['listen', 'lease-ttl', 'cooldown', 'log-level', 'max_pool_size', 'min_pool_size'];

describe('the closest word', () => {
  it.each([
    ['lisen', 'listen'],
    ['leasettl', 'lease-ttl'],
    ['LOG-LEVEL', 'log-level'],
    ['max_pol_size', 'max_pool_size'],
    ['mim_pool_size', 'min_pool_size'],
    ['zookeeper', undefined],
    ['x', undefined],
  ])('to %s is %s', (word, expected) => {
    expect(closest(word, flags)).toBe(expected);
  });

  it('is none when there are no candidates', () => {
    expect(closest('listen', [])).toBeUndefined();
  });
});
