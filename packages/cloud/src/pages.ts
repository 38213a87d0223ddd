import type { Outcome } from './outcome.js';

export interface Page<T> {
  readonly rows: readonly T[];
  /** Asks for the page after this one; absent on the last one. */
  readonly next: string | undefined;
}

/**
 * Walks a listing to its end. A row that moves between pages while we read counts once, as it was last seen. A page
 * that fails makes the whole listing fail with its outcome: half a listing would show the rest as gone.
 */
export async function allPages<T>(
  fetch: (cursor: string | undefined) => Promise<Outcome<Page<T>>>,
  idOf: (row: T) => string,
): Promise<Outcome<readonly T[]>> {
  const rows = new Map<string, T>();
  const asked = new Set<string>();
  let cursor: string | undefined;
  for (;;) {
    const page = await fetch(cursor);
    if (page.kind !== 'done') return page;
    for (const row of page.value.rows) rows.set(idOf(row), row);
    cursor = page.value.next;
    if (cursor === undefined) return { ...page, value: [...rows.values()] };
    if (asked.has(cursor)) return { kind: 'unknown', cause: 'the listing leads back to a page that was read already' };
    asked.add(cursor);
  }
}
