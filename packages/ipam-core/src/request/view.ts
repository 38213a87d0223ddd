import type { Departure, NodeView } from '../command.js';
import { eniReady } from '../eni.js';
import { expectedAddresses } from '../intent.js';
import type { NodeRecord } from '../record.js';
import { grantOf, usableAddresses } from '../usable.js';

/** While something is on its way to the node, the agent should look for it this often. */
const expectingMs = 1_000;

/** What the agent needs to know of its own addresses. Nothing is offered while the node is in recovery. */
export function viewOf(record: NodeRecord, nowMs: number, resync: boolean): NodeView {
  // a store keeps no order, and the answer must not tell one
  const addresses = [...record.addresses.values()].toSorted((a, b) => (a.ip < b.ip ? -1 : 1));
  const departures = (kinds: readonly string[]): Departure[] =>
    addresses.filter(({ state }) => kinds.includes(state.kind)).map(({ ip, term }) => ({ ip, term }));
  const recovering = record.recovery !== undefined;
  return {
    idle: recovering ? [] : usableAddresses(record, nowMs).flatMap((address) => grantOf(record, address) ?? []),
    depart: departures(['departing']),
    departing: departures(['departing', 'unassigning', 'held']),
    renewAfterMs: expecting(record) ? expectingMs : 0,
    resync,
    recovering,
  };
}

function expecting(record: NodeRecord): boolean {
  const waiting = record.demand.size > 0 || record.recovery !== undefined;
  const coming = [...record.intents.values()].some((intent) => expectedAddresses(intent) > 0);
  const unseen = [...record.enis.values()].some(
    (eni) => eni.status !== 'leaving' && eni.status !== 'missing' && !eniReady(eni),
  );
  const leaving = [...record.addresses.values()].some(({ state }) => state.kind === 'departing');
  return waiting || coming || unseen || leaving;
}
