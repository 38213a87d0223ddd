/** A table as plain text: readable at a terminal, in a pipe and in a file alike. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns are as wide as their widest cell; numbers are set to the right. */
export function renderTable({ title, columns, rows }: Table): string {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const toRight = columns.map((_, index) => rows.length > 0 && rows.every((row) => isNumber(row[index] ?? '')));
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, index) => (toRight[index] ? cells[index]?.padStart(width) : cells[index]?.padEnd(width)) ?? '')
      .join('  ')
      .trimEnd();
  return [title, ...[columns, ...rows].map((cells) => `  ${line(cells)}`), ''].join('\n');
}

function isNumber(cell: string): boolean {
  return /^[\d.,/-]+$/.test(cell) && !/^\d+\.\d+\.\d+\.\d+/.test(cell);
}
