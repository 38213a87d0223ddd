import type { OpenCommand, Refusal, Replies } from '../command.js';
import type { Draft } from '../draft.js';
import { frozenRefusal } from '../fence.js';
import type { NodeRecord, ProtocolTimes } from '../record.js';
import { beginRecovery } from '../recovery.js';

/** A record that nobody has seen yet: in recovery until its agent has reported and the cloud has been listed. */
export function newRecord(command: OpenCommand, nowMs: number): NodeRecord {
  return {
    nodeId: command.nodeId,
    generation: command.newGeneration,
    nodeName: command.nodeName,
    clockMs: nowMs,
    agent: {
      incarnation: command.fence.incarnation,
      session: '',
      synced: false,
      seq: 0,
      lastRenewMs: 0,
      previousIncarnation: '',
      incarnationSinceMs: nowMs,
    },
    recovery: { cause: 'record-new', sinceMs: nowMs, needsListing: true, reported: false, listed: false },
    frozenUntilMs: 0,
    claim: undefined,
    limits: undefined,
    obstacle: undefined,
    listedAtMs: 0,
    enis: new Map(),
    addresses: new Map(),
    demand: new Map(),
    tombstones: new Map(),
    intents: new Map(),
  };
}

/** A new session. What the agent carries tells whether the store or the journal has lost something. */
export function open(
  draft: Draft,
  command: OpenCommand,
  nowMs: number,
  times: ProtocolTimes,
): Replies['open'] | Refusal {
  const { fence } = command;
  if (draft.agent.incarnation !== fence.incarnation) {
    if (alternates(draft, fence.incarnation, nowMs, times)) draft.frozenUntilMs = nowMs + times.alternationMs;
    if (draft.frozenUntilMs > nowMs) return frozenRefusal(draft, nowMs);
    beginRecovery(draft, 'incarnation-changed', nowMs);
  }
  if (fence.generation !== '' && fence.generation !== draft.generation) {
    beginRecovery(draft, 'generation-changed', nowMs);
  } else if (fence.generation === draft.generation && draft.agent.seq < fence.lastAgentSeq) {
    beginRecovery(draft, 'seq-went-back', nowMs);
  }
  const { previousIncarnation, incarnationSinceMs, incarnation } = draft.agent;
  const changed = incarnation !== fence.incarnation;
  draft.nodeName = command.nodeName;
  draft.agent = {
    ...draft.agent,
    incarnation: fence.incarnation,
    session: command.newSession,
    synced: false,
    previousIncarnation: changed ? incarnation : previousIncarnation,
    incarnationSinceMs: changed ? nowMs : incarnationSinceMs,
  };
  draft.tombstones.clear();
  return { session: command.newSession, generation: draft.generation, agentSeq: draft.agent.seq };
}

/** The incarnation that this one replaced a short while ago is back: two agents run. */
function alternates({ agent }: NodeRecord | Draft, incarnation: string, nowMs: number, times: ProtocolTimes): boolean {
  return agent.previousIncarnation === incarnation && nowMs - agent.incarnationSinceMs < times.alternationMs;
}
