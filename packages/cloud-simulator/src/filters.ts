import { optional, type Params } from './params.js';

/** Wire name of a filter -> what it looks at. */
export type FilterTable<T> = Readonly<Record<string, (row: T) => string | undefined>>;

/** Whether a row fits all filters that the call gives. */
export function fits<T>(params: Params, table: FilterTable<T>): (row: T) => boolean {
  const given = Object.entries(table).flatMap(([name, of]) => {
    const wanted = optional(params, name);
    return wanted === undefined ? [] : [{ wanted, of }];
  });
  return (row) => given.every(({ wanted, of }) => of(row) === wanted);
}
