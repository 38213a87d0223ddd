import type { Fence, Guard, Refusal } from './command.js';
import type { Draft } from './draft.js';
import type { NodeRecord, ProtocolTimes } from './record.js';
import { beginRecovery } from './recovery.js';

/**
 * May this agent change this record? docs/lease-protocol.md section 1: incarnation and session must match, the
 * generation must be the one that the agent knows, and a record that has seen less than the agent went back.
 */
export function refuseAgent(draft: Draft, fence: Fence, nowMs: number): Refusal | undefined {
  const unknown = refuseSession(draft, fence);
  if (unknown !== undefined) return unknown;
  if (!draft.agent.synced)
    return { reason: 'sync-required', message: 'the session has been opened and not synced yet' };
  if (draft.agent.seq < fence.lastAgentSeq) {
    beginRecovery(draft, 'seq-went-back', nowMs);
    return {
      reason: 'store-went-back',
      message: `the record has agent seq ${draft.agent.seq}, the agent has seen ${fence.lastAgentSeq}`,
    };
  }
  return undefined;
}

/** The part of the fence that Sync must pass as well. */
export function refuseSession(draft: Draft, fence: Fence): Refusal | undefined {
  if (draft.generation !== fence.generation) {
    return {
      reason: 'generation-changed',
      message: `the record is of generation ${draft.generation}, the agent knows ${fence.generation}`,
    };
  }
  if (draft.agent.incarnation !== fence.incarnation || draft.agent.session !== fence.session) {
    return { reason: 'session-superseded', message: 'another session of this node has been opened since' };
  }
  return undefined;
}

/** Nothing is granted while it is not certain what the node holds. */
export function refuseGrant(draft: Draft, nowMs: number): Refusal | undefined {
  if (draft.frozenUntilMs > nowMs) return frozenRefusal(draft, nowMs);
  if (draft.recovery !== undefined) {
    return {
      reason: 'node-recovering',
      message: `the node is in recovery (${draft.recovery.cause})`,
      retryAfterMs: 1_000,
      details: { cause: draft.recovery.cause },
    };
  }
  return undefined;
}

export function frozenRefusal(record: Pick<NodeRecord, 'frozenUntilMs'>, nowMs: number): Refusal {
  return {
    reason: 'node-frozen',
    message: 'two agents claim this node: their incarnations alternate',
    retryAfterMs: record.frozenUntilMs - nowMs,
  };
}

/** May this replica write the outcome of its refill? The claim is compared for equality, its age decides nothing. */
export function refuseReplica(draft: Draft, guard: Guard): Refusal | undefined {
  if (draft.generation !== guard.generation) {
    return { reason: 'generation-changed', message: 'the record was made anew since it was claimed' };
  }
  if (draft.claim?.token !== guard.token) return { reason: 'claim-lost', message: 'another replica refills this node' };
  return undefined;
}

/** May a call go out that takes something away from this node? Sections 5 and 7 of the protocol. */
export function refuseDestruction(draft: Draft, nowMs: number, times: ProtocolTimes): Refusal | undefined {
  const refusal = refuseGrant(draft, nowMs);
  if (refusal !== undefined) return refusal;
  if (!draft.agent.synced || nowMs - draft.agent.lastRenewMs >= times.freshMs) {
    return { reason: 'node-recovering', message: 'the agent has not spoken recently enough to take anything away' };
  }
  return undefined;
}
