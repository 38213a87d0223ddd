import { loadCore } from './model/core-under-test.js';
import { ReadyNode } from './model/ready-node.js';
import { changesBetween, fieldsOf, recordOf, SchemaTooNew } from './record-fields.js';
import type { NodeRecord } from './record.js';

/** A record in which every kind of field is there. */
function rich(): NodeRecord {
  const node = new ReadyNode(loadCore());
  node.allocate('p');
  node.release('gone');
  node.letGo('10.0.0.3');
  node.unassign('10.0.0.3');
  node.allocate('q');
  node.allocate('waits');
  return node.known();
}

it('gives a record back as it was', () => {
  const record = rich();
  expect([record.demand.size, record.tombstones.size, record.intents.size]).toEqual([1, 1, 1]);
  expect(recordOf(fieldsOf(record))).toEqual(record);
});

it('is no record without a generation', () => {
  expect(recordOf(new Map())).toBeUndefined();
});

it('writes exactly what makes one record the other', () => {
  const before = rich();
  const node = new ReadyNode(loadCore());
  node.record = before;
  node.release('p');
  const fields = new Map(fieldsOf(before));
  for (const [field, value] of changesBetween(before, node.known())) {
    if (value === undefined) fields.delete(field);
    else fields.set(field, value);
  }
  expect(recordOf(fields)).toEqual(node.known());
  expect(changesBetween(before, before).size).toBe(0);
  expect(changesBetween(undefined, before)).toEqual(fieldsOf(before));
});

it('refuses what a later release has written', () => {
  const fields = new Map([...fieldsOf(rich()), ['claim', '2{}']]);
  expect(() => recordOf(fields)).toThrow(SchemaTooNew);
});
