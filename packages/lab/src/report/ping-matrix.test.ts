import { matrixTable, type Reach, unreached } from './ping-matrix.js';
import { renderTable } from './table.js';

const place = (label: string, ip: string, node?: string) => (node === undefined ? { label, ip } : { label, ip, node });
const a = place('n1-1', '10.0.0.1', 'n1');
const b = place('n2-1', '10.0.0.2', 'n2');
const gateway = place('gw', '10.0.0.253');
const results: readonly Reach[] = [
  { from: a, to: b, sent: 3, received: 3, averageMs: 0.118 },
  { from: a, to: gateway, sent: 3, received: 3, averageMs: 0.05 },
  { from: b, to: a, sent: 3, received: 1, averageMs: 0.2 },
];

it('shows a cell for each pair in the order of the rows, and leaves out who was not asked', () => {
  expect(renderTable(matrixTable('pings in ms', results))).toBe(
    [
      'pings in ms',
      '  from \\ to  n1-1      n2-1  gw',
      '  n1-1                 0.12  0.05',
      '  n2-1       lost 2/3',
      '',
    ].join('\n'),
  );
});

it('sums up by node when there are more targets than one can read', () => {
  const many = Array.from({ length: 21 }, (_, index): Reach => {
    const to = place(`n2-${index}`, `10.0.1.${index}`, 'n2');
    return { from: a, to, sent: 3, received: index === 0 ? 0 : 3 };
  });
  expect(matrixTable('pings', many)).toEqual({
    title: 'pings, answered of sent by node',
    columns: ['from \\ to', 'n2'],
    rows: [['n1', '60/63']],
  });
});

it('counts one lost packet as not reached', () => {
  expect(unreached(results)).toEqual([results[2]]);
});
