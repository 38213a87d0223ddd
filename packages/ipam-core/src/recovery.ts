import { inState } from './address.js';
import type { Draft } from './draft.js';
import { eniReady } from './eni.js';
import type { ProtocolTimes, RecoveryCause } from './record.js';

/**
 * From here on nothing is granted and nothing taken away until the agent has reported and, unless only a restart has to
 * be ruled out, a listing shows what the cloud holds (docs/lease-protocol.md section 7).
 */
export function beginRecovery(draft: Draft, cause: RecoveryCause, nowMs: number): void {
  const needsListing = cause !== 'store-restarted';
  if (draft.recovery !== undefined && draft.recovery.needsListing && !needsListing) return;
  draft.recovery = { cause, sinceMs: nowMs, needsListing, reported: false, listed: false };
}

/** The agent has said in full what is wired. */
export function noteReport(draft: Draft): void {
  if (draft.recovery !== undefined) draft.recovery = { ...draft.recovery, reported: true };
}

/**
 * A listing counts when it began so late that no call sent before the loss can still change what it shows. Where the
 * cloud shows no ENI of ours and the node has nothing wired, there is nothing that such a call could take: a new node
 * starts at once.
 */
export function noteListing(draft: Draft, beganAtMs: number, times: ProtocolTimes): void {
  const { recovery } = draft;
  if (recovery === undefined) return;
  const nothingAtRisk = draft.enis.size === 0 && draft.addresses.size === 0;
  if (beganAtMs >= recovery.sinceMs + times.boundMs || nothingAtRisk) draft.recovery = { ...recovery, listed: true };
}

/** What no one claims starts by cooling: late packets, and pods that nobody knows of, get time to show. */
export function leaveRecoveryIfDone(draft: Draft, nowMs: number, times: ProtocolTimes): void {
  const { recovery } = draft;
  if (recovery === undefined || !recovery.reported || (recovery.needsListing && !recovery.listed)) return;
  draft.recovery = undefined;
  if (!recovery.needsListing) return;
  for (const address of draft.addresses.values()) {
    const leasable = address.state.kind === 'idle' || address.state.kind === 'assigning';
    if (!leasable || !eniReady(draft.enis.get(address.eniId))) continue;
    const cooling = { kind: 'cooling', releasedAtMs: nowMs, untilMs: nowMs + times.cooldownMs } as const;
    draft.addresses.set(address.ip, inState(address, cooling, nowMs));
  }
}
