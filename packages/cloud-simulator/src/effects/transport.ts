import type { Strike } from '../strike.js';
import type { Ending } from '../wire/ending.js';
import { type EffectTable, optionalNumber } from './effect.js';

const reset: Ending = { kind: 'reset' };
const silence: Ending = { kind: 'silence' };

/** What the network does to a call. Times are virtual milliseconds. */
export const transportEffects: EffectTable = {
  /** The connection breaks, and nothing was changed. */
  resetBeforeCommit: { fields: [], strike: () => ({ before: reset }) },
  /** The connection breaks, and the change was made. */
  resetAfterCommit: { fields: [], strike: () => ({ after: () => reset }) },
  /** Waits `ms` before the change, which is made even if the caller hangs up meanwhile; without `ms` it never is. */
  hangBeforeCommit: {
    fields: ['ms'],
    strike: (fields) => holdOr(optionalNumber(fields, 'ms'), (ms) => ({ holdBeforeMs: ms }), { before: silence }),
  },
  /** Waits `ms` after the change; without `ms` for ever. */
  hangAfterCommit: {
    fields: ['ms'],
    strike: (fields) => holdOr(optionalNumber(fields, 'ms'), (ms) => ({ holdAfterMs: ms }), { after: () => silence }),
  },
  /** The connection breaks after so many bytes of the body. */
  truncate: {
    fields: ['bytes'],
    strike: (fields) => {
      const bytes = fields.number('bytes', { min: 0 });
      return { after: (reply) => ({ kind: 'truncated', reply, bytes }) };
    },
  },
  drip: {
    fields: ['bytesPerSecond'],
    strike: (fields) => {
      const bytesPerSecond = fields.number('bytesPerSecond', { min: 1 });
      return { after: (reply) => ({ kind: 'drip', reply, bytesPerSecond }) };
    },
  },
  connectionCloseHeader: {
    fields: [],
    strike: () => ({ after: (reply) => ({ ...reply, headers: { ...reply.headers, connection: 'close' } }) }),
  },
};

function holdOr(ms: number | undefined, hold: (ms: number) => Strike, forever: Strike): Strike {
  return ms === undefined ? forever : hold(ms);
}
