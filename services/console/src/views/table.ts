/** What a cell is about: how it is coloured at a terminal. */
export type Tone = 'plain' | 'good' | 'warning' | 'bad';

export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row, nowMs: number) => string;
  /** Numbers are set to the right. */
  readonly right?: boolean;
  readonly tone?: (row: Row) => Tone;
}

export interface TableStyle {
  readonly nowMs: number;
  readonly paint: (tone: Tone, text: string) => string;
}

/** Stands where there is nothing, so that every line has the same number of words. */
const nothing = '-';

/** Rows as plain text, one a line under their titles; columns are as wide as their widest cell. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { nowMs, paint }: TableStyle,
): string {
  const cells = rows.map((row) => columns.map(({ text }) => text(row, nowMs) || nothing));
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((line) => line[index]?.length ?? 0)),
  );
  const padded = (text: string, index: number): string =>
    columns[index]?.right === true ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0);
  const line = (parts: readonly string[]): string => `${parts.join('  ').trimEnd()}\n`;

  const head = line(columns.map(({ title }, index) => padded(title, index)));
  const body = rows.map((row, at) =>
    line(columns.map(({ tone }, index) => paint(tone?.(row) ?? 'plain', padded(cells[at]?.[index] ?? '', index)))),
  );
  return [head, ...body].join('');
}
