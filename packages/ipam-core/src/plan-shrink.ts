import { hasConsent } from './address.js';
import { addressesOf } from './draft.js';
import { addressesPerCall, type PoolAction } from './pool-action.js';
import type { NodeRecord } from './record.js';
import { usableAddresses } from './usable.js';

/**
 * Which idle addresses are asked to leave: whole ENIs first, since an ENI that is empty gives back its slot and its
 * primary address as well; then secondary addresses, idle longest first, of the emptiest ENI.
 */
export function planDeparture(record: NodeRecord, surplus: number, nowMs: number): PoolAction[] {
  if (surplus <= 0) return [];
  const idle = usableAddresses(record, nowMs).filter(({ state }) => state.kind === 'idle');
  const leaving: string[] = [];
  const bySize = [...record.enis.values()]
    .map(({ eniId }) => ({ eniId, all: addressesOf(record, eniId), idle: idle.filter((a) => a.eniId === eniId) }))
    .sort((a, b) => a.all.length - a.idle.length - (b.all.length - b.idle.length) || a.all.length - b.all.length);
  for (const eni of bySize) {
    const whole = eni.all.length > 0 && eni.all.length === eni.idle.length;
    if (whole && eni.idle.length <= surplus - leaving.length) leaving.push(...eni.idle.map(({ ip }) => ip));
  }
  for (const eni of bySize) {
    const left = surplus - leaving.length;
    const secondary = eni.idle.filter(({ primary, ip }) => !primary && !leaving.includes(ip));
    leaving.push(...secondary.slice(0, left).map(({ ip }) => ip));
  }
  return leaving.length === 0 ? [] : [{ kind: 'depart', ips: leaving }];
}

/** What agents have let go: an ENI of which nothing else is left goes as a whole. */
export function planRemoval(record: NodeRecord): PoolAction[] {
  const busy = new Set([...record.intents.values()].map(({ eniId }) => eniId));
  const actions: PoolAction[] = [];
  for (const { eniId } of record.enis.values()) {
    if (busy.has(eniId)) continue;
    const all = addressesOf(record, eniId);
    const leaving = all.filter(hasConsent);
    if (leaving.length > 0 && leaving.length === all.length && leaving.some(({ primary }) => primary)) {
      actions.push({ kind: 'remove-eni', eniId });
      continue;
    }
    const ips = all.filter(({ primary, state }) => !primary && state.kind === 'unassigning').map(({ ip }) => ip);
    if (ips.length > 0) actions.push({ kind: 'unassign', eniId, ips: ips.slice(0, addressesPerCall) });
  }
  return actions;
}
