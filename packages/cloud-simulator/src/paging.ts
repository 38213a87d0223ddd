import { cloudError } from './cloud-error.js';
import { fingerprint } from './fingerprint.js';
import { clamped, optional, type Params } from './params.js';

export interface Page<T> {
  readonly rows: readonly T[];
  /** Empty on the last page. */
  readonly nextToken: string;
}

/**
 * One page of rows that are sorted by `order`. The token says behind which row the next page begins, so rows that come
 * and go meanwhile neither repeat nor hide others.
 * @throws CloudError `InvalidParameter.NextToken` when the token is of a query with other filters
 */
export function pageAfterToken<T>(
  rows: readonly T[],
  params: Params,
  size: number,
  order: (row: T) => number,
): Page<T> {
  const after = decode(optional(params, 'NextToken'), params);
  const rest = rows.filter((row) => order(row) > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const more = rest.length > page.length && last !== undefined;
  return { rows: page, nextToken: more ? encode(order(last), params) : '' };
}

/** The older way: PageNumber from 1, and PageSize. */
export function numberedPage<T>(
  rows: readonly T[],
  params: Params,
  bounds: { readonly max: number; readonly otherwise: number },
): { readonly rows: readonly T[]; readonly number: number; readonly size: number } {
  const number = clamped(params, 'PageNumber', { min: 1, max: Number.MAX_SAFE_INTEGER, otherwise: 1 });
  const size = clamped(params, 'PageSize', { min: 1, ...bounds });
  return { rows: rows.slice((number - 1) * size, number * size), number, size };
}

function encode(after: number, params: Params): string {
  return Buffer.from(JSON.stringify({ after, filters: filtersOf(params) })).toString('base64');
}

function decode(token: string | undefined, params: Params): number {
  if (token === undefined) return Number.NEGATIVE_INFINITY;
  const match = /^\{"after":(\d+),"filters":"([0-9a-f]+)"\}$/.exec(Buffer.from(token, 'base64').toString());
  if (match?.[2] !== filtersOf(params)) throw cloudError('InvalidParameter.NextToken');
  return Number(match[1]);
}

/** The page size may change from page to page. */
function filtersOf(params: Params): string {
  return fingerprint(params, ['NextToken', 'MaxResults']).slice(0, 16);
}
