import { inState, type Address } from './address.js';
import type { Grant } from './command.js';
import type { Draft } from './draft.js';
import { eniReady } from './eni.js';
import type { NodeRecord } from './record.js';

/**
 * Since when (Unix ms) an address may be granted; undefined while it may not: it is in another state, it has not rested
 * long enough, the agent has not renewed since its release, or its ENI is not ready.
 */
export function usableSince(
  record: Pick<NodeRecord, 'enis' | 'agent'>,
  address: Address,
  nowMs: number,
): number | undefined {
  if (!eniReady(record.enis.get(address.eniId))) return undefined;
  const { state } = address;
  if (state.kind === 'idle') return address.sinceMs;
  if (state.kind !== 'cooling') return undefined;
  const rested = state.untilMs <= nowMs && record.agent.lastRenewMs > state.releasedAtMs;
  return rested ? state.untilMs : undefined;
}

/** Every address that may be granted, the one idle longest first; equals by address, so that the order is total. */
export function usableAddresses(record: Pick<NodeRecord, 'enis' | 'agent' | 'addresses'>, nowMs: number): Address[] {
  const dated = [...record.addresses.values()].flatMap((address) => {
    const sinceMs = usableSince(record, address, nowMs);
    return sinceMs === undefined ? [] : [{ address, sinceMs }];
  });
  return dated.sort((a, b) => a.sinceMs - b.sinceMs || (a.address.ip < b.address.ip ? -1 : 1)).map((d) => d.address);
}

export function grantOf(record: Pick<NodeRecord, 'enis'>, address: Address): Grant | undefined {
  const eni = record.enis.get(address.eniId);
  return eni === undefined ? undefined : { address, eni };
}

/** Addresses of an ENI that has become ready become idle, those that have rested become idle. */
export function ripen(draft: Draft, nowMs: number): void {
  for (const address of draft.addresses.values()) {
    const arrived = address.state.kind === 'assigning' && eniReady(draft.enis.get(address.eniId));
    if (arrived) draft.addresses.set(address.ip, inState(address, { kind: 'idle' }, nowMs));
    else if (address.state.kind === 'cooling') {
      const sinceMs = usableSince(draft, address, nowMs);
      if (sinceMs !== undefined) draft.addresses.set(address.ip, inState(address, { kind: 'idle' }, sinceMs));
    }
  }
}

/** The agent's kernel shows these MACs, and no others. */
export function noteSeenMacs(draft: Draft, seenMacs: readonly string[], nowMs: number): void {
  const seen = new Set(seenMacs);
  for (const eni of draft.enis.values()) {
    if (eni.seen !== seen.has(eni.mac)) draft.enis.set(eni.eniId, { ...eni, seen: seen.has(eni.mac) });
  }
  ripen(draft, nowMs);
}
