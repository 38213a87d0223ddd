import { keysOf } from './redis-keys.js';

const keys = keysOf('c1');

it('keeps all of a node in one slot', () => {
  expect(keys.record('i-1')).toBe('ipam:{c1:i-1}');
  expect(keys.requests('i-1')).toBe('ipam:{c1:i-1}:r');
});

it('gives everything a key of its own', () => {
  const all = [keys.record('i-1'), keys.record('i-2'), keys.requests('i-1'), keys.registry, keys.reservations('vsw-1')];
  expect(new Set(all).size).toBe(all.length);
});

it.each(['', 'a}b', '{a', 'a:b', 'reg'])('refuses the node id %j', (nodeId) => {
  expect(() => keys.record(nodeId)).toThrow(/^node id: expected .*, got /);
});

it('refuses a cluster id that would change the slot', () => {
  expect(() => keysOf('c{1')).toThrow('cluster id: expected text without braces and colons, got "c{1"');
});
