import type { JsonFields } from '../control/json-fields.js';
import type { Strike } from '../strike.js';

/** One way in which a call can go wrong. */
export interface Effect {
  /** Its parameters, beside the name. */
  readonly fields: readonly string[];
  /** It makes sense for these actions only; for all when absent. */
  readonly actions?: readonly string[];
  /** @throws SimulatorError when a parameter is wrong */
  readonly strike: (fields: JsonFields) => Strike;
}

export type EffectTable = Readonly<Record<string, Effect>>;

/** A number that may be left out. */
export function optionalNumber(fields: JsonFields, name: string): number | undefined {
  return fields.given(name, () => fields.number(name, { min: 0 }));
}
