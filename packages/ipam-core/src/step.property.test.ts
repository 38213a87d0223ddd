import { walk } from './model/walk.js';
import { planPool } from './plan-pool.js';
import type { NodeRecord } from './record.js';
import { step } from './step.js';

it('answers alike in whatever order a store hands over the parts of a record', () => {
  let compared = 0;
  const both: typeof step = (record, command, nowMs, times) => {
    const result = step(record, command, nowMs, times);
    if (record !== undefined) {
      expect(step(reversed(record), command, nowMs, times)).toEqual(result);
      compared += 1;
    }
    return result;
  };
  for (let seed = 1; seed <= 20; seed++) walk({ step: both, planPool }, seed, 150);
  expect(compared).toBeGreaterThan(2_000);
});

function reversed(record: NodeRecord): NodeRecord {
  const turn = <T>(map: ReadonlyMap<string, T>): Map<string, T> => new Map([...map].toReversed());
  return {
    ...record,
    enis: turn(record.enis),
    addresses: turn(record.addresses),
    demand: turn(record.demand),
    tombstones: turn(record.tombstones),
    intents: turn(record.intents),
  };
}
