import type { OpsClient } from '@terway/api';
import type { Column } from '../views/table.js';

/** One question to the IPAM service, and how its answer is shown. */
export interface Listing<Row, Filter extends string = never> {
  /** Name of the command, and of what it lists. */
  readonly name: string;
  readonly describe: string;
  /** What may narrow the answer. */
  readonly filters: Readonly<Record<Filter, FilterOption>>;
  readonly ask: (client: OpsClient, given: Given<Filter>, deadlineMs: number) => Promise<readonly Row[]>;
  readonly columns: readonly Column<Row>[];
  /** The order of the rows. */
  readonly order: (a: Row, b: Row) => number;
}

/** Value of each filter; empty = all. */
export type Given<Filter extends string> = Readonly<Record<Filter, string>>;

export interface FilterOption {
  /** As `--help` shows it. */
  readonly value: string;
  readonly describe: string;
  /** What a value must look like; any when absent. */
  readonly form?: RegExp;
  /** The only values there are; any when absent. */
  readonly choices?: readonly string[];
}

/** Compares texts so that `n2` comes before `n10`, and 10.0.0.9 before 10.0.0.10. */
export function byText(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
