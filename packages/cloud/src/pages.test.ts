import type { Outcome } from './outcome.js';
import { allPages, type Page } from './pages.js';

const id = (row: string): string => row.slice(0, 1);

function book(pages: Readonly<Record<string, Page<string>>>) {
  return (cursor = 'first'): Promise<Outcome<Page<string>>> => {
    const value = pages[cursor];
    return Promise.resolve(
      value === undefined
        ? { kind: 'throttled', code: 'Throttling', requestId: 'R-2' }
        : { kind: 'done', value, requestId: 'R-1' },
    );
  };
}

describe('allPages', () => {
  it('reads to the last page and keeps each row once, as last seen', async () => {
    const fetch = book({ first: { rows: ['a1', 'b1'], next: '2' }, 2: { rows: ['b2', 'c1'], next: undefined } });
    expect(await allPages(fetch, id)).toEqual({ kind: 'done', value: ['a1', 'b2', 'c1'], requestId: 'R-1' });
  });

  it('fails as a whole when a page fails', async () => {
    const fetch = book({ first: { rows: ['a1'], next: 'gone' } });
    expect(await allPages(fetch, id)).toMatchObject({ kind: 'throttled' });
  });

  it('does not walk in circles', async () => {
    const fetch = book({ first: { rows: ['a1'], next: '2' }, 2: { rows: ['b1'], next: '2' } });
    expect(await allPages(fetch, id)).toMatchObject({ kind: 'unknown' });
  });
});
