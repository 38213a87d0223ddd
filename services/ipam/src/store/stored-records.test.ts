import { storedRecords } from './stored-records.js';

const fields = (texts: Readonly<Record<string, string>>) => new Map(Object.entries(texts));

it('reads every record, and refuses only the nodes that a later release has written', () => {
  const found = storedRecords({
    records: new Map([
      ['i-a', fields({ gen: 'g1', node: 'i-a' })],
      ['i-b', fields({ gen: 'g2', node: 'i-b', claim: '2{}' })],
    ]),
    damage: [],
  });
  expect([...found.records.keys()]).toEqual(['i-a']);
  expect(found.tooNew.get('i-b')).toMatchObject({ reason: 'schema-too-new', details: { field: 'claim', found: '2' } });
  expect(found.damage).toEqual([]);
});

it.each([
  ['has no generation', fields({ node: 'i-a', 'a:10.0.0.1': '1{}' }), /i-a has no generation/],
  ['is no JSON', fields({ gen: 'g1', claim: '1{"token"' }), /i-a cannot be read/],
])('counts a record as damaged that %s', (_, record, message) => {
  const { damage } = storedRecords({ records: new Map([['i-a', record]]), damage: ['the disk is old'] });
  expect(damage).toEqual(['the disk is old', expect.stringMatching(message)]);
});
