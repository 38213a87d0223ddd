import { inState, type Address } from '../address.js';
import type { WiredAddress } from '../command.js';
import { addressesOf, type Draft } from '../draft.js';
import { isDestructive, type RemoveEniIntent, type UnassignIntent } from '../intent.js';
import type { ProtocolTimes } from '../record.js';

interface Statement {
  readonly wired: ReadonlyMap<string, WiredAddress>;
  readonly departed: ReadonlyMap<string, string>;
  readonly journalIntact: boolean;
}

/**
 * Sync outranks a stored destructive intent: it is dropped where one of its addresses is wired, or where an intact
 * journal does not know that it was let go. Its other addresses are held, because a call may have been sent.
 */
export function dropOverruledIntents(draft: Draft, statement: Statement, nowMs: number, times: ProtocolTimes): void {
  for (const intent of draft.intents.values()) {
    if (!isDestructive(intent)) continue;
    const concerned = concernedBy(draft, intent);
    if (!concerned.some((address) => overruled(address, statement))) continue;
    draft.intents.delete(intent.id);
    const eni = draft.enis.get(intent.eniId);
    // not ready until a listing shows that it is still attached
    if (intent.kind === 'remove-eni' && eni !== undefined) {
      draft.enis.set(eni.eniId, { ...eni, status: 'attaching', sinceMs: nowMs });
    }
    for (const address of concerned) hold(draft, address, intent.lastSentAtMs, nowMs, times);
  }
  for (const address of draft.addresses.values()) {
    if (address.state.kind === 'unassigning' && !coveredByIntent(draft, address) && overruled(address, statement)) {
      hold(draft, address, nowMs, nowMs, times);
    }
  }
}

function concernedBy(draft: Draft, intent: UnassignIntent | RemoveEniIntent): Address[] {
  const ofEni = addressesOf(draft, intent.eniId);
  return intent.kind === 'remove-eni' ? ofEni : ofEni.filter((address) => intent.ips.includes(address.ip));
}

function coveredByIntent(draft: Draft, address: Address): boolean {
  return [...draft.intents.values()].some(
    (intent) =>
      isDestructive(intent) &&
      intent.eniId === address.eniId &&
      (intent.kind === 'remove-eni' || intent.ips.includes(address.ip)),
  );
}

function overruled(address: Address, { wired, departed, journalIntact }: Statement): boolean {
  if (wired.has(address.ip)) return true;
  return journalIntact && departed.get(address.ip) !== address.term;
}

function hold(draft: Draft, address: Address, sentAtMs: number, nowMs: number, times: ProtocolTimes): void {
  if (address.state.kind !== 'unassigning') return;
  const untilMs = Math.max(sentAtMs, nowMs) + times.boundMs;
  draft.addresses.set(address.ip, inState(address, { kind: 'held', untilMs, acknowledged: false }, nowMs));
}
