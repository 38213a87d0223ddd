import { type AddressKind, type NodeRecord } from '@terway/ipam-core';

const kinds: readonly AddressKind[] = [
  'assigning',
  'idle',
  'bound',
  'cooling',
  'quarantined',
  'departing',
  'unassigning',
  'held',
];

export interface Totals {
  readonly addresses: Readonly<Record<AddressKind, number>>;
  readonly waiting: number;
  readonly recovering: number;
  readonly nodes: number;
}

/** What this replica last saw of every node that it refills, added up: a scrape asks no store. */
export class Census {
  private readonly seen = new Map<string, NodeRecord>();

  note(record: NodeRecord): void {
    this.seen.set(record.nodeId, record);
  }

  totals(): Totals {
    const addresses = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<AddressKind, number>;
    let waiting = 0;
    let recovering = 0;
    for (const record of this.seen.values()) {
      for (const { state } of record.addresses.values()) addresses[state.kind] += 1;
      waiting += record.demand.size;
      if (record.recovery !== undefined) recovering += 1;
    }
    return { addresses, waiting, recovering, nodes: this.seen.size };
  }
}
