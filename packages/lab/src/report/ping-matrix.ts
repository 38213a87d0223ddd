import type { Table } from './table.js';

/** Somewhere a ping starts or ends. */
export interface Place {
  /** `n1-2` for the second pod of n1, `n1` for a node, `gw` for a gateway. */
  readonly label: string;
  readonly ip: string;
  /** Node that it is on; absent for what belongs to no node. */
  readonly node?: string;
}

/** What one place heard from another. */
export interface Reach {
  readonly from: Place;
  readonly to: Place;
  readonly sent: number;
  readonly received: number;
  /** Absent when nothing came back. */
  readonly averageMs?: number;
}

/** A lost packet is a failure: nothing on a machine's own links may lose one. */
export function unreached(results: readonly Reach[]): readonly Reach[] {
  return results.filter(({ sent, received }) => sent === 0 || received < sent);
}

/** Beyond so many targets one cell per pair would not be read any more. */
const widest = 20;

/** One row per source: a cell per target, or per node of targets when there are many. */
export function matrixTable(title: string, results: readonly Reach[]): Table {
  const targets = new Set(results.map(({ to }) => to.label));
  return targets.size <= widest
    ? pivot(title, results, { row: ({ from }) => from.label, column: ({ to }) => to.label, cell: roundTrip })
    : pivot(`${title}, answered of sent by node`, results, {
        row: ({ from }) => from.node ?? from.label,
        column: ({ to }) => to.node ?? to.label,
        cell: answered,
      });
}

interface Pivot {
  readonly row: (result: Reach) => string;
  readonly column: (result: Reach) => string;
  readonly cell: (results: readonly Reach[]) => string;
}

function pivot(title: string, results: readonly Reach[], { row, column, cell }: Pivot): Table {
  const rows = [...new Set(results.map(row))];
  const targets = new Set(results.map(column));
  // in the order of the rows, so that a pair and its way back lie across the diagonal
  const columns = [...new Set([...rows.filter((name) => targets.has(name)), ...targets])];
  const cells = new Map<string, Reach[]>();
  for (const result of results) {
    const key = `${row(result)}\n${column(result)}`;
    cells.set(key, [...(cells.get(key) ?? []), result]);
  }
  return {
    title,
    columns: ['from \\ to', ...columns],
    rows: rows.map((name) => [name, ...columns.map((to) => cell(cells.get(`${name}\n${to}`) ?? []))]),
  };
}

/** Average milliseconds; `lost 2/3` when packets are missing. */
function roundTrip([result]: readonly Reach[]): string {
  if (result === undefined) return '';
  const { sent, received, averageMs } = result;
  return received < sent || averageMs === undefined ? `lost ${sent - received}/${sent}` : averageMs.toFixed(2);
}

function answered(results: readonly Reach[]): string {
  if (results.length === 0) return '';
  const total = (field: 'sent' | 'received') => results.reduce((sum, result) => sum + result[field], 0);
  return `${total('received')}/${total('sent')}`;
}
