import { inState, type Address } from '../address.js';
import type { ListedEni, ListingCommand } from '../command.js';
import { addressesOf, type Draft } from '../draft.js';
import type { ProtocolTimes } from '../record.js';
import { leaveRecoveryIfDone, noteListing } from '../recovery.js';
import { ripen } from '../usable.js';

/**
 * Takes in what the cloud says of the node's ENIs. A listing speaks of the moment at which it began: what has changed
 * in the record within the bound before that moment may not show in it, and is left as it is.
 */
export function takeListing(draft: Draft, command: ListingCommand, nowMs: number, times: ProtocolTimes): void {
  const listed = new Map(command.enis.map((eni) => [eni.eniId, eni]));
  const seenOn = new Map(command.enis.flatMap(({ eniId, ips }) => ips.map((ip) => [ip, eniId] as const)));

  for (const eni of command.enis) takeEni(draft, eni, nowMs);
  for (const address of draft.addresses.values()) {
    const eniId = seenOn.get(address.ip);
    if (eniId === undefined) takeAbsence(draft, address, command.beganAtMs, nowMs, times);
    else takePresence(draft, address, eniId, command, nowMs, times);
  }
  for (const eni of command.enis) adoptAddresses(draft, eni, command.seed, nowMs, times);
  for (const eni of draft.enis.values()) {
    const absent = !listed.has(eni.eniId) && eni.status !== 'created' && !isBeingRemoved(draft, eni.eniId);
    if (!absent || command.beganAtMs < eni.sinceMs + times.boundMs) continue;
    if (addressesOf(draft, eni.eniId).length === 0) draft.enis.delete(eni.eniId);
    else draft.enis.set(eni.eniId, { ...eni, status: 'missing' });
  }
  draft.listedAtMs = Math.max(draft.listedAtMs, command.beganAtMs);
  noteListing(draft, command.beganAtMs, times);
  ripen(draft, nowMs);
  leaveRecoveryIfDone(draft, nowMs, times);
}

function takeEni(draft: Draft, listed: ListedEni, nowMs: number): void {
  const { eniId, mac, vSwitchId, zoneId, cidr, primaryIp, status } = listed;
  const known = draft.enis.get(eniId);
  if (known === undefined) {
    draft.enis.set(eniId, { eniId, mac, vSwitchId, zoneId, cidr, primaryIp, status, seen: false, sinceMs: nowMs });
  } else if (known.status !== status && !isBeingRemoved(draft, eniId)) {
    draft.enis.set(eniId, { ...known, cidr: cidr || known.cidr, status, sinceMs: nowMs });
  } else if (known.cidr === '') {
    draft.enis.set(eniId, { ...known, cidr });
  }
  if (status !== 'in-use') return;
  for (const intent of draft.intents.values()) {
    if (intent.kind === 'create-eni' && intent.eniId === eniId) draft.intents.delete(intent.id);
  }
}

function takePresence(
  draft: Draft,
  address: Address,
  eniId: string,
  { beganAtMs, enis }: ListingCommand,
  nowMs: number,
  times: ProtocolTimes,
): void {
  const primary = enis.some((eni) => eni.eniId === eniId && eni.primaryIp === address.ip);
  const placed = { ...address, eniId, primary };
  if (address.eniId !== eniId || address.primary !== primary) draft.addresses.set(address.ip, placed);
  if (address.state.kind !== 'held' || beganAtMs < address.state.untilMs) return;
  const state = address.state.acknowledged
    ? ({ kind: 'unassigning' } as const)
    : ({ kind: 'cooling', releasedAtMs: nowMs, untilMs: nowMs + times.cooldownMs } as const);
  draft.addresses.set(address.ip, inState(placed, state, nowMs));
}

/** The cloud does not show the address: it is not granted any more, and once no call can bring it back, it is gone. */
function takeAbsence(draft: Draft, address: Address, beganAtMs: number, nowMs: number, times: ProtocolTimes): void {
  const { state } = address;
  const { eniId } = address;
  if (draft.enis.get(eniId)?.status === 'created' || isBeingRemoved(draft, eniId)) return;
  switch (state.kind) {
    case 'bound':
    case 'quarantined':
      return;
    case 'held':
      if (beganAtMs >= state.untilMs) draft.addresses.delete(address.ip);
      return;
    case 'unassigning':
      if (eniId === '' && beganAtMs >= address.sinceMs + times.boundMs) draft.addresses.delete(address.ip);
      return;
    case 'assigning':
    case 'idle':
    case 'cooling':
    case 'departing': {
      if (beganAtMs < address.sinceMs + times.boundMs) return;
      const held = { kind: 'held', untilMs: nowMs + times.boundMs, acknowledged: false } as const;
      draft.addresses.set(address.ip, inState(address, held, nowMs));
    }
  }
}

function isBeingRemoved(draft: Draft, eniId: string): boolean {
  return [...draft.intents.values()].some((intent) => intent.kind === 'remove-eni' && intent.eniId === eniId);
}

/** An address that nothing explains starts as cooling for a full period; one that an open call may explain waits for it. */
function adoptAddresses(draft: Draft, listed: ListedEni, seed: string, nowMs: number, times: ProtocolTimes): void {
  const explained = [...draft.intents.values()].some(
    (intent) => intent.kind !== 'create-eni' && intent.eniId === listed.eniId,
  );
  if (explained) return;
  const untilMs = nowMs + Math.max(times.cooldownMs, times.boundMs);
  for (const ip of listed.ips) {
    if (draft.addresses.has(ip)) continue;
    draft.addresses.set(ip, {
      ip,
      eniId: listed.eniId,
      term: `${seed}.${ip}`,
      primary: ip === listed.primaryIp,
      sinceMs: nowMs,
      state: { kind: 'cooling', releasedAtMs: nowMs, untilMs },
    });
  }
}
