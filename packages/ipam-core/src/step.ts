import type { CommandKind, CommandOf, NodeCommand, Refusal, Replies, Reply } from './command.js';
import { draftOf, type Draft } from './draft.js';
import { refuseReplica } from './fence.js';
import type { NodeRecord, ProtocolTimes } from './record.js';
import { claim } from './refill/claim.js';
import { cancelDeparture, depart } from './refill/depart.js';
import { markSent, openIntent } from './refill/intents.js';
import { takeListing } from './refill/listing.js';
import { settle } from './refill/settle.js';
import { suspect } from './refill/suspect.js';
import { allocate } from './request/allocate.js';
import { newRecord, open } from './request/open.js';
import { release } from './request/release.js';
import { renew } from './request/renew.js';
import { sync } from './request/sync.js';

export interface Step<T> {
  /** The record afterwards; undefined while there is none. A refused command changes only what it is a witness of. */
  readonly record: NodeRecord | undefined;
  readonly reply: Reply<T>;
}

/**
 * All that can happen to a node's record, one command at a time: pure, and total over records and commands. A store
 * applies the result in one atomic write. Time never runs backwards within a record.
 */
export function step<K extends CommandKind>(
  record: NodeRecord | undefined,
  command: CommandOf<K>,
  nowMs: number,
  times: ProtocolTimes,
): Step<Replies[K]> {
  const any: NodeCommand = command;
  const base = record ?? (any.kind === 'open' ? newRecord(any, nowMs) : undefined);
  if (base === undefined) return { record: undefined, reply: { ok: false, refusal: noRecord(any) } };
  const draft = draftOf(base);
  draft.clockMs = Math.max(base.clockMs, nowMs);
  const answer = carryOut(draft, any, draft.clockMs, times);
  if (isRefusal(answer)) {
    const witnessed = draft.recovery !== base.recovery || draft.frozenUntilMs !== base.frozenUntilMs;
    return { record: witnessed ? draft : base, reply: { ok: false, refusal: answer } };
  }
  const value = answer ?? draft;
  return { record: draft, reply: { ok: true, value: value as Replies[K] } };
}

/** What the command answers; undefined stands for the record itself. */
function carryOut(
  draft: Draft,
  command: NodeCommand,
  nowMs: number,
  times: ProtocolTimes,
): Replies[CommandKind] | Refusal | undefined {
  switch (command.kind) {
    case 'open':
      return open(draft, command, nowMs, times);
    case 'sync':
      return sync(draft, command, nowMs, times);
    case 'allocate':
      return allocate(draft, command, nowMs);
    case 'release':
      return release(draft, command, nowMs, times);
    case 'renew':
      return renew(draft, command, nowMs, times);
    case 'claim':
      return claim(draft, command, nowMs, times);
    case 'suspect':
      suspect(draft, nowMs);
      return undefined;
    default:
      return refuseReplica(draft, command.guard) ?? refill(draft, command, nowMs, times);
  }
}

type GuardedCommand = Extract<NodeCommand, { readonly guard: unknown }>;

function refill(
  draft: Draft,
  command: GuardedCommand,
  nowMs: number,
  times: ProtocolTimes,
): Replies[CommandKind] | Refusal | undefined {
  switch (command.kind) {
    case 'release-claim':
      draft.claim = undefined;
      return undefined;
    case 'listing':
      takeListing(draft, command, nowMs, times);
      return undefined;
    case 'set-limits':
      draft.limits = command.limits;
      return undefined;
    case 'open-intent':
      return openIntent(draft, command, nowMs, times);
    case 'mark-sent':
      return markSent(draft, command, nowMs, times);
    case 'settle':
      return settle(draft, command, nowMs, times);
    case 'depart':
      depart(draft, command, nowMs);
      return undefined;
    case 'cancel-departure':
      cancelDeparture(draft, command, nowMs);
      return undefined;
    case 'note-obstacle':
      draft.obstacle = command.obstacle;
      return undefined;
  }
}

function isRefusal(answer: object | undefined): answer is Refusal {
  return answer !== undefined && 'reason' in answer && 'message' in answer;
}

/** An agent that was told of a record and finds none has lost its store; a replica has nothing to refill. */
function noRecord(command: NodeCommand): Refusal {
  return { reason: 'generation-changed', message: `there is no record of this node (${command.kind})` };
}
