import { type Entry, LevelImage, type Operation } from './level-image.js';
import type { RecordChange } from './record-persistence.js';

const set = (nodeId: string, fields: Readonly<Record<string, string | undefined>>): RecordChange => ({
  nodeId,
  changes: new Map(Object.entries(fields)),
});

const history: readonly (readonly RecordChange[])[] = [
  [set('i-a', { gen: 'g1', now: '1764070000000', 'a:10.0.0.1': '1{"kind":"idle"}', 'a:10.0.0.2': '1{"kind":"idle"}' })],
  [set('i-b', { gen: 'g2', now: '1764070000000' })],
  [set('i-a', { now: '1764070000001' }), set('i-b', { now: '1764070000001' })],
  [
    set('i-a', { now: '1764070000002', 'a:10.0.0.2': undefined }),
    set('i-b', { now: '1764070000002', 'd:x/y%': '1{}' }),
  ],
];

/** The database after these batches, without those that are named as lost. */
function databaseAfter(batches: readonly (readonly RecordChange[])[], lost: readonly number[] = []): Entry[] {
  const image = new LevelImage();
  const database = new Map<string, string>();
  for (const [i, changes] of batches.entries()) {
    const operations = image.operationsOf(changes, i + 1);
    if (!lost.includes(i + 1)) for (const operation of operations) carryOut(database, operation);
  }
  return [...database];
}

function carryOut(database: Map<string, string>, operation: Operation): void {
  if (operation.type === 'put') database.set(operation.key, operation.value);
  else database.delete(operation.key);
}

const load = (entries: readonly Entry[]) => new LevelImage().load(entries);

it('finds nothing wrong with an empty database', () => {
  expect(load([])).toEqual({ records: new Map(), lastBatch: 0, damage: [] });
});

it('gives back what was written, whatever is in a field name', () => {
  expect(load(databaseAfter(history))).toEqual({
    records: new Map([
      ['i-a', new Map(Object.entries({ gen: 'g1', now: '1764070000002', 'a:10.0.0.1': '1{"kind":"idle"}' }))],
      ['i-b', new Map(Object.entries({ gen: 'g2', now: '1764070000002', 'd:x/y%': '1{}' }))],
    ]),
    lastBatch: 4,
    damage: [],
  });
});

it('carries on where another process ended', () => {
  const image = new LevelImage();
  const database = new Map(databaseAfter(history.slice(0, 2)));
  image.load([...database]);
  for (const [i, changes] of history.slice(2).entries()) {
    for (const operation of image.operationsOf(changes, i + 3)) carryOut(database, operation);
  }
  expect(new Map(load([...database]).records)).toEqual(load(databaseAfter(history)).records);
  expect(load([...database]).damage).toEqual([]);
});

describe('what is not as it was written is damage:', () => {
  const whole = databaseAfter(history);
  const without = (key: string): Entry[] => whole.filter(([k]) => k !== key);
  const withText = (key: string, text: string): Entry[] => [...without(key), [key, text]];

  it.each<[string, readonly Entry[]]>([
    ['the first batch is missing', databaseAfter(history, [1])],
    ['a batch in the middle is missing', databaseAfter(history, [2])],
    ['all but the last are missing', databaseAfter(history, [1, 2, 3])],
    ['a field is missing', without('record/i-a/a:10.0.0.1')],
    ['a field that was removed is back', withText('record/i-a/a:10.0.0.2', '1{"kind":"idle"}')],
    [
      'two fields hold older texts that differ alike',
      [
        ...without('record/i-a/now').filter(([key]) => key !== 'record/i-b/now'),
        ['record/i-a/now', '1764070000001'],
        ['record/i-b/now', '1764070000001'],
      ],
    ],
    ['a text has changed', withText('record/i-a/gen', 'g3')],
    ['a key has changed', [...without('record/i-a/gen'), ['record/i-c/gen', 'g1']]],
    ['a key is nonsense', [...whole, ['%', '']]],
    ['the state is missing', without('state')],
    ['the state is an older one', withText('state', '3 000000000000')],
    ['the state is nonsense', withText('state', '')],
  ])('%s', (_, entries) => {
    expect(load(entries).damage).toHaveLength(1);
  });

  it('but for a tail that is missing with its state: that is what agents find', () => {
    expect(load(databaseAfter(history, [3, 4]))).toMatchObject({ lastBatch: 2, damage: [] });
  });

  it('a batch is not missed whose every text was written anew', () => {
    expect(load(databaseAfter(history, [3]))).toMatchObject({ lastBatch: 4, damage: [] });
  });
});
