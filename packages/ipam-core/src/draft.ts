import type { Address } from './address.js';
import type { Eni } from './eni.js';
import type { Intent } from './intent.js';
import type { Demand, NodeRecord } from './record.js';

/** A record while one command works on it: the maps are its own, what they hold is replaced and never changed. */
export type Draft = { -readonly [K in keyof Omit<NodeRecord, MapField>]: NodeRecord[K] } & {
  readonly enis: Map<string, Eni>;
  readonly addresses: Map<string, Address>;
  readonly demand: Map<string, Demand>;
  readonly tombstones: Map<string, number>;
  readonly intents: Map<string, Intent>;
};

type MapField = 'enis' | 'addresses' | 'demand' | 'tombstones' | 'intents';

export function draftOf(record: NodeRecord): Draft {
  return {
    ...record,
    enis: new Map(record.enis),
    addresses: new Map(record.addresses),
    demand: new Map(record.demand),
    tombstones: new Map(record.tombstones),
    intents: new Map(record.intents),
  };
}

export function addressesOf(record: Pick<NodeRecord, 'addresses'>, eniId: string): Address[] {
  return [...record.addresses.values()].filter((address) => address.eniId === eniId);
}
