import { type Fact, keyOf } from './fact.js';

export interface FabricChange {
  /** To be undone, last first. */
  readonly gone: readonly Fact[];
  readonly added: readonly Fact[];
}

/** What leads from the facts that are present to the wanted ones. */
export function diffFabric(present: readonly Fact[], wanted: readonly Fact[]): FabricChange {
  const presentKeys = new Set(present.map(keyOf));
  const wantedKeys = new Set(wanted.map(keyOf));
  return {
    gone: present.filter((fact) => !wantedKeys.has(keyOf(fact))),
    added: wanted.filter((fact) => !presentKeys.has(keyOf(fact))),
  };
}
