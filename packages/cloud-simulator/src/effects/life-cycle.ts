import type { Effect, EffectTable } from './effect.js';
import { optionalNumber } from './effect.js';

/** What becomes of a transition that a call starts. A stuck one of Detach or Delete ends when the call is made again. */
export const lifeCycleEffects: EffectTable = {
  attachStuck: stuck('AttachNetworkInterface'),
  detachStuck: stuck('DetachNetworkInterface'),
  deleteStuck: stuck('DeleteNetworkInterface'),
  /** Falls back to Available in the end. */
  attachFails: {
    fields: [],
    actions: ['AttachNetworkInterface'],
    strike: () => ({ twist: { transition: 'fails' } }),
  },
  attachSlow: {
    fields: ['times'],
    actions: ['AttachNetworkInterface'],
    strike: (fields) => ({ twist: { slowdown: fields.number('times', { min: 0 }) } }),
  },
};

/** For `ms` longer than usual; without `ms` for ever. */
function stuck(action: string): Effect {
  return {
    fields: ['ms'],
    actions: [action],
    strike: (fields) => {
      const ms = optionalNumber(fields, 'ms');
      return { twist: ms === undefined ? { transition: 'stuck' } : { extraMs: ms } };
    },
  };
}
