import { type Column, renderTable, type Tone } from './table.js';

interface Fruit {
  readonly name: string;
  readonly count: number;
}

const columns: readonly Column<Fruit>[] = [
  { title: 'FRUIT', text: ({ name }) => name },
  {
    title: 'COUNT',
    text: ({ count }) => `${count}`,
    right: true,
    tone: ({ count }) => (count === 0 ? 'bad' : 'plain'),
  },
  { title: 'NOTE', text: () => '' },
];
const rows = [
  { name: 'apples', count: 12 },
  { name: 'figs', count: 0 },
];
const render = (paint: (tone: Tone, text: string) => string): string => renderTable(columns, rows, { nowMs: 0, paint });

it('sets columns as wide as their widest cell, numbers to the right, and names what is missing', () => {
  expect(render((_, text) => text)).toBe(
    ['FRUIT   COUNT  NOTE', 'apples     12  -', 'figs        0  -', ''].join('\n'),
  );
});

it('paints cells without moving columns', () => {
  const [, , figs] = render((tone, text) => (tone === 'bad' ? `<${text}>` : text)).split('\n');
  expect(figs).toBe('figs    <    0>  -');
});

it('prints titles alone where there are no rows', () => {
  expect(renderTable(columns, [], { nowMs: 0, paint: (_, text) => text })).toBe('FRUIT  COUNT  NOTE\n');
});
