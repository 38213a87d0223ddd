import { inState } from '../address.js';
import type { CancelDepartureCommand, DepartCommand } from '../command.js';
import type { Draft } from '../draft.js';

/** Asks the agent to let these addresses go, as far as they are idle: what a pod took in the meantime stays. */
export function depart(draft: Draft, command: DepartCommand, nowMs: number): void {
  for (const ip of command.ips) {
    const address = draft.addresses.get(ip);
    if (address?.state.kind === 'idle') draft.addresses.set(ip, inState(address, { kind: 'departing' }, nowMs));
  }
}

/** Before the agent has agreed, an address can stay after all; a fresh term makes a late agreement mean nothing. */
export function cancelDeparture(draft: Draft, command: CancelDepartureCommand, nowMs: number): void {
  for (const ip of command.ips) {
    const address = draft.addresses.get(ip);
    if (address?.state.kind !== 'departing') continue;
    draft.addresses.set(ip, { ...inState(address, { kind: 'idle' }, nowMs), term: `${command.seed}.${ip}` });
  }
}
