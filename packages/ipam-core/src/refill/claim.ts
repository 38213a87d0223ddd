import { inState } from '../address.js';
import type { ClaimCommand, Refusal } from '../command.js';
import type { Draft } from '../draft.js';
import type { ProtocolTimes } from '../record.js';
import { dropExpiredDemand } from '../request/allocate.js';
import { ripen } from '../usable.js';

/** Take the claim if it is free, or renew it; what time alone decides happens here. */
export function claim(draft: Draft, command: ClaimCommand, nowMs: number, times: ProtocolTimes): Refusal | undefined {
  const holder = draft.claim;
  if (holder !== undefined && holder.token !== command.token && holder.untilMs > nowMs) {
    return { reason: 'claim-lost', message: 'another replica refills this node', retryAfterMs: holder.untilMs - nowMs };
  }
  draft.claim = { token: command.token, untilMs: nowMs + times.claimMs };
  dropExpiredDemand(draft, nowMs);
  for (const [id, releasedAtMs] of draft.tombstones) {
    if (nowMs - releasedAtMs >= times.tombstoneMs) draft.tombstones.delete(id);
  }
  quarantineSilence(draft, nowMs, times);
  ripen(draft, nowMs);
  return undefined;
}

/** A silent node's leases are kept and marked; its next call must open a session and say what is wired. */
function quarantineSilence(draft: Draft, nowMs: number, times: ProtocolTimes): void {
  if (!draft.agent.synced || nowMs - draft.agent.lastRenewMs < times.silentMs) return;
  draft.agent = { ...draft.agent, synced: false, session: '' };
  for (const address of draft.addresses.values()) {
    if (address.state.kind !== 'bound') continue;
    const { holder } = address.state;
    draft.addresses.set(address.ip, inState(address, { kind: 'quarantined', cause: 'node-silent', holder }, nowMs));
  }
}
