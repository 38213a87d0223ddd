import { inState, type Address, type AddressState } from '../address.js';
import type { Refusal, Replies, SyncCommand, WiredAddress } from '../command.js';
import type { Draft } from '../draft.js';
import { refuseSession } from '../fence.js';
import type { ProtocolTimes } from '../record.js';
import { beginRecovery, leaveRecoveryIfDone, noteReport } from '../recovery.js';
import { noteSeenMacs } from '../usable.js';
import { dropOverruledIntents } from './overruled-intents.js';
import { viewOf } from './view.js';

/**
 * The agent's statement is the truth of what is wired: the record is made equal to it. Every address that stays gets a
 * fresh term, so that acknowledgements still on their way mean nothing; one that the agent has let go keeps its term,
 * since the agent remembers the departure by it.
 */
export function sync(
  draft: Draft,
  command: SyncCommand,
  nowMs: number,
  times: ProtocolTimes,
): Replies['sync'] | Refusal {
  const refusal = refuseSession(draft, command.fence);
  if (refusal !== undefined) return refusal;
  if (draft.agent.seq < command.fence.lastAgentSeq) beginRecovery(draft, 'seq-went-back', nowMs);

  const wired = new Map(command.wired.map((entry) => [entry.ip, entry]));
  const departed = new Map(command.departed.map((entry) => [entry.ip, entry.term]));
  const coolingMs = new Map(command.cooling.map((entry) => [entry.ip, entry.remainingMs]));

  dropOverruledIntents(draft, { wired, departed, journalIntact: command.journalIntact }, nowMs, times);
  addUnknown(draft, command, nowMs);
  for (const address of draft.addresses.values()) {
    const state = stateAfter(address, {
      wired: wired.get(address.ip),
      acknowledged: departed.get(address.ip) === address.term,
      offlineCoolingMs: coolingMs.get(address.ip),
      nowMs,
      times,
    });
    const keepsTerm = state.kind === 'unassigning' || state.kind === 'held';
    const term = keepsTerm ? address.term : `${command.seed}.${address.ip}`;
    const moved = state === address.state ? address : inState(address, state, nowMs);
    draft.addresses.set(address.ip, { ...moved, term });
  }

  draft.agent = {
    ...draft.agent,
    synced: true,
    seq: Math.max(draft.agent.seq, command.fence.lastAgentSeq) + 1,
    lastRenewMs: nowMs,
  };
  noteReport(draft);
  noteSeenMacs(draft, command.seenMacs, nowMs);
  leaveRecoveryIfDone(draft, nowMs, times);
  return { agentSeq: draft.agent.seq, view: viewOf(draft, nowMs, false) };
}

interface Testimony {
  readonly wired: WiredAddress | undefined;
  readonly acknowledged: boolean;
  readonly offlineCoolingMs: number | undefined;
  readonly nowMs: number;
  readonly times: ProtocolTimes;
}

function stateAfter(address: Address, testimony: Testimony): AddressState {
  const { state } = address;
  const { wired, acknowledged, offlineCoolingMs, nowMs, times } = testimony;
  if (wired !== undefined) {
    if (wired.holder !== undefined) return { kind: 'bound', holder: wired.holder };
    return { kind: 'quarantined', cause: 'unknown-owner' };
  }
  if (acknowledged) return state.kind === 'held' ? state : { kind: 'unassigning' };
  switch (state.kind) {
    case 'bound':
    case 'quarantined':
      return { kind: 'cooling', releasedAtMs: nowMs, untilMs: nowMs + times.cooldownMs };
    case 'idle':
      return offlineCoolingMs === undefined ? state : coolingFor(offlineCoolingMs, nowMs);
    case 'cooling':
      return coolingFor(Math.max(offlineCoolingMs ?? 0, state.untilMs - nowMs), nowMs);
    case 'assigning':
    case 'departing':
    case 'unassigning':
    case 'held':
      return state;
  }
}

function coolingFor(remainingMs: number, nowMs: number): AddressState {
  return { kind: 'cooling', releasedAtMs: nowMs, untilMs: nowMs + Math.max(0, remainingMs) };
}

/** What the agent knows and the record does not: the store has lost it. A listing will tell the ENI. */
function addUnknown(draft: Draft, command: SyncCommand, nowMs: number): void {
  const eniByMac = new Map([...draft.enis.values()].map((eni) => [eni.mac, eni]));
  for (const { ip, eniMac } of command.wired) {
    if (draft.addresses.has(ip)) continue;
    const eni = eniByMac.get(eniMac);
    draft.addresses.set(ip, unknownAddress(ip, eni?.eniId ?? '', `${command.seed}.${ip}`, nowMs));
  }
  for (const { ip, term } of command.departed) {
    if (!draft.addresses.has(ip)) draft.addresses.set(ip, unknownAddress(ip, '', term, nowMs));
  }
}

function unknownAddress(ip: string, eniId: string, term: string, nowMs: number): Address {
  return { ip, eniId, term, primary: false, sinceMs: nowMs, state: { kind: 'assigning' } };
}
