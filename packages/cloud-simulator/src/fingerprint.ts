import { createHash } from 'node:crypto';
import type { Params } from './params.js';

/** The same text for the same parameters in any order, whatever the ignored ones are. */
export function fingerprint(params: Params, ignored: readonly string[]): string {
  const compared = [...params]
    .filter(([name]) => !ignored.includes(name))
    .toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return createHash('sha256').update(JSON.stringify(compared)).digest('hex');
}
