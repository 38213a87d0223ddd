import { apiEffects } from './api.js';
import type { EffectTable } from './effect.js';
import { httpEffects } from './http.js';
import { lifeCycleEffects } from './life-cycle.js';
import { resultEffects } from './results.js';
import { transportEffects } from './transport.js';

/** All that a fault rule can do to a call. */
export const effects: EffectTable = {
  ...transportEffects,
  ...httpEffects,
  ...apiEffects,
  ...lifeCycleEffects,
  ...resultEffects,
};
