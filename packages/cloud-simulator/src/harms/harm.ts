import type { JsonFields } from '../control/json-fields.js';
import type { SimulatedCloud } from '../simulated-cloud.js';

/** Something that happens at once, which no client asked for. */
interface Harm {
  readonly fields: readonly string[];
  /** @returns what is worth knowing of it. @throws SimulatorError when it cannot happen */
  readonly happen: (cloud: SimulatedCloud, fields: JsonFields) => object;
}

export type HarmTable = Readonly<Record<string, Harm>>;
