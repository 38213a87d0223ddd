import { renderTable } from './table.js';

it('sets numbers to the right, and addresses and words to the left', () => {
  const rows = [
    ['10.0.0.9', 'web', '7'],
    ['10.0.0.10', 'db', '251'],
  ];
  expect(renderTable({ title: 'leases', columns: ['ip', 'pod', 'free'], rows })).toBe(
    ['leases', '  ip         pod  free', '  10.0.0.9   web     7', '  10.0.0.10  db    251', ''].join('\n'),
  );
});

it('shows the columns of an empty table', () => {
  expect(renderTable({ title: 'leases', columns: ['ip', 'pod'], rows: [] })).toBe('leases\n  ip  pod\n');
});
