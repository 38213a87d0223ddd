import fc from 'fast-check';
import { dueQueue } from './due-queue.js';

describe('the due queue', () => {
  it('gives back what is due, sorted by time and then by arrival, and keeps the rest', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.nat(50), (times, nowMs) => {
        const queue = dueQueue<number>();
        times.forEach((atMs, index) => queue.push(atMs, index));
        const taken: number[] = [];
        for (let due = queue.takeDue(nowMs); due; due = queue.takeDue(nowMs)) taken.push(due.item);
        const expected = times
          .map((atMs, index) => ({ atMs, index }))
          .filter(({ atMs }) => atMs <= nowMs)
          .toSorted((one, other) => one.atMs - other.atMs || one.index - other.index);
        expect(taken).toEqual(expected.map(({ index }) => index));
        expect(queue.size).toBe(times.length - expected.length);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
