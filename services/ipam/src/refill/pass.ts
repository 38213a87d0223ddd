import type { CloudApi, CloudRefusal, Outcome } from '@terway/cloud';
import type {
  CommandKind,
  CommandOf,
  Guard,
  Intent,
  IntentResult,
  NodeRecord,
  Obstacle,
  ProtocolTimes,
  Replies,
  Reply,
} from '@terway/ipam-core';
import type { Logger } from '@terway/runtime';
import type { NodeStore } from '../store/node-store.js';
import type { VSwitchLedger } from '../store/vswitch-ledger.js';
import type { RefillConfig } from './refill-config.js';
import { obstacleOf, type Trouble } from './refusals.js';
import type { VSwitchBook } from './vswitch-book.js';

/** What every pass over every node works with. */
export interface RefillParts {
  readonly store: NodeStore;
  readonly cloud: CloudApi;
  readonly ledger: VSwitchLedger;
  readonly book: VSwitchBook;
  readonly config: () => RefillConfig;
  readonly times: ProtocolTimes;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
  readonly random01: () => number;
  /** 128 random bits as text. */
  readonly newId: () => string;
  readonly log: Logger;
  /** The cloud has called a vSwitch full for this node. */
  readonly vSwitchFull: (nodeId: string, vSwitchId: string, refusal: CloudRefusal) => void;
  /** The record has taken in what became of an intent. */
  readonly settled: (intent: Intent, result: IntentResult) => void;
}

/** One pass over one node under one claim. */
export interface Pass {
  readonly parts: RefillParts;
  readonly nodeId: string;
  readonly guard: Guard;
  /** Throws when the claim is too old to sign a call under it. */
  readonly assertClaimed: () => void;
  readonly signal: AbortSignal;
  /** Why the pool cannot grow as it should; the last one noted is stored at the end of the pass. */
  readonly noteObstacle: (obstacle: Pick<Obstacle, 'reason' | 'message' | 'details'>, retryAfterMs: number) => void;
}

/** The record changed under the pass, or the claim is gone: the pass ends, the next one looks anew. */
export class PassEnded extends Error {
  override readonly name = 'PassEnded';
}

export function applyTo<K extends CommandKind>(
  pass: Pick<Pass, 'parts' | 'nodeId'>,
  command: CommandOf<K>,
): Promise<Reply<Replies[K]>> {
  return pass.parts.store.apply<K>(pass.nodeId, command, pass.parts.nowMs());
}

/** How long a reservation outlives its call: the cloud's count may be that old. */
const countLagMs = 60_000;

/**
 * Settles an intent that takes addresses of a vSwitch: what was given stays reserved until the cloud's count must show
 * it, what was not given is free for others at once.
 */
export async function settleTaking(pass: Pass, intent: Intent, vSwitchId: string, result: IntentResult): Promise<void> {
  await settleIntent(pass, intent, result);
  const { ledger, nowMs } = pass.parts;
  if (result.kind === 'abandoned' || result.kind === 'gone') await ledger.drop(vSwitchId, intent.id);
  const count = result.kind === 'created' || result.kind === 'assigned' ? result.ips.length : 0;
  if (count > 0) await ledger.reserve({ vSwitchId, intentId: intent.id, count, expiresAtMs: nowMs() + countLagMs });
}

/** Takes in what became of an intent; `trouble` is the call after which it is tried again. @throws PassEnded */
export async function settleIntent(
  pass: Pass,
  intent: Intent,
  result: IntentResult,
  trouble?: Trouble,
): Promise<NodeRecord> {
  const { guard, parts } = pass;
  const reply = await applyTo<'settle'>(pass, {
    kind: 'settle',
    guard,
    intentId: intent.id,
    result,
    seed: parts.newId(),
  });
  if (!reply.ok) throw new PassEnded(reply.refusal.message);
  parts.settled(intent, result);
  logSettled(pass, intent, result, trouble);
  return reply.value;
}

/** What on-call reads of the refill: every change of the cloud, and every wait before the next try. */
function logSettled({ parts, nodeId }: Pass, intent: Intent, result: IntentResult, trouble?: Trouble): void {
  const eni = result.kind === 'created' ? result.eni.eniId : intent.eniId;
  const ips = 'ips' in result ? result.ips : intent.kind === 'unassign' ? intent.ips : [];
  const about = { node: nodeId, intent: intent.id, eni, ips: ips.join(' ') };
  if (result.kind === 'retry') {
    const { message: error, details } = trouble === undefined ? { message: '' } : obstacleOf(trouble, {});
    parts.log.warn(`${intent.kind} is tried again`, { ...about, error, ...details });
  } else parts.log.info(`${intent.kind}: ${result.kind}`, about);
}

/**
 * One call under an intent: the attempt is stored, the age of the claim is checked, and only then the call goes out.
 * Undefined when it may not go out now (a destructive call whose agent has not spoken lately).
 */
export async function callUnder<T, Kind extends Intent>(
  pass: Pass,
  intent: Kind,
  paramsHash: string,
  call: (sent: Kind) => Promise<Outcome<T>>,
): Promise<{ readonly sent: Kind; readonly outcome: Outcome<T> } | undefined> {
  const { guard } = pass;
  const { attempt } = intent;
  const mark = { kind: 'mark-sent', guard, intentId: intent.id, attempt, paramsHash } as const;
  const reply = await applyTo<'mark-sent'>(pass, mark);
  if (!reply.ok) {
    if (reply.refusal.reason === 'node-recovering' || reply.refusal.reason === 'node-frozen') return undefined;
    throw new PassEnded(reply.refusal.message);
  }
  pass.assertClaimed();
  const sent = { ...intent, ...reply.value } as Kind;
  return { sent, outcome: await call(sent) };
}
