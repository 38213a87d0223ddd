import { inState } from '../address.js';
import type { Refusal, ReleaseCommand, Replies } from '../command.js';
import type { Draft } from '../draft.js';
import { refuseAgent } from '../fence.js';
import { sameOwner } from '../owner.js';
import type { ProtocolTimes } from '../record.js';

/**
 * Lets go what this owner holds under this allocation id. An id that holds nothing leaves a tombstone, so that the order
 * of a timed-out ADD and its DEL never matters.
 */
export function release(
  draft: Draft,
  command: ReleaseCommand,
  nowMs: number,
  times: ProtocolTimes,
): Replies['release'] | Refusal {
  const refusal = refuseAgent(draft, command.fence, nowMs);
  if (refusal !== undefined) return refusal;
  const held = [...draft.addresses.values()].find(
    ({ state }) =>
      state.kind === 'bound' &&
      state.holder.allocationId === command.allocationId &&
      sameOwner(state.holder.owner, command.owner),
  );
  if (held !== undefined) {
    const state = command.addressInUse
      ? ({ kind: 'quarantined', cause: 'address-in-use' } as const)
      : ({ kind: 'cooling', releasedAtMs: nowMs, untilMs: nowMs + times.cooldownMs } as const);
    draft.addresses.set(held.ip, inState(held, state, nowMs));
  }
  if (held !== undefined || !draft.tombstones.has(command.allocationId)) {
    draft.agent = { ...draft.agent, seq: draft.agent.seq + 1 };
  }
  draft.tombstones.set(command.allocationId, nowMs);
  for (const [key, { allocationId }] of draft.demand) {
    if (allocationId === command.allocationId) draft.demand.delete(key);
  }
  return { agentSeq: draft.agent.seq };
}
