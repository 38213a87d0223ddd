import { clientToken, paramsHash, type CloudEni } from '@terway/cloud';
import type { AssignIntent, IntentResult } from '@terway/ipam-core';
import { callUnder, settleTaking, type Pass } from '../pass.js';
import { obstacleOf, retryDelayMs } from '../refusals.js';
import { isSpent } from './token.js';

/** Adds addresses to an ENI. An answer that may be a replay is believed as far as a listing shows it. */
export async function advanceAssign(pass: Pass, intent: AssignIntent, vSwitchId: string): Promise<void> {
  const { parts, signal } = pass;
  const { cloud, nowMs } = parts;
  const settled = (result: IntentResult): Promise<void> => settleTaking(pass, intent, vSwitchId, result);
  if (isSpent(intent, nowMs(), parts.times)) return resolveByReading(pass, intent, vSwitchId);
  const { eniId, count } = intent;
  const called = await callUnder(pass, intent, paramsHash({ eniId, count }), ({ attempt }) =>
    cloud.assignAddresses({ eniId, count, clientToken: clientToken(intent.id, attempt) }, signal),
  );
  if (called === undefined) return;
  const { outcome, sent } = called;
  switch (outcome.kind) {
    case 'done':
      if (sent.sends > 1) return resolveByReading(pass, sent, vSwitchId);
      return settled({ kind: 'assigned', ips: outcome.value });
    case 'refused':
      if (outcome.reason === 'idempotence-broken') {
        // nothing more goes out under this token: past the bound, what became of it is read
        return settled({ kind: 'retry', notBeforeMs: sent.lastSentAtMs + parts.times.boundMs, newAttempt: false });
      }
      if (outcome.reason === 'conflict') break;
      if (outcome.reason === 'vswitch-exhausted') {
        parts.book.markFull(vSwitchId, outcome);
        parts.vSwitchFull(pass.nodeId, vSwitchId, outcome);
      } else {
        pass.noteObstacle(obstacleOf(outcome, { eni_id: eniId, vswitch_id: vSwitchId }), 5_000);
      }
      // an earlier call under this token may have been carried out all the same; what still runs the listing adopts
      if (sent.sends > 1) return resolveByReading(pass, sent, vSwitchId, nowMs());
      return settled({ kind: 'abandoned' });
    case 'throttled':
    case 'unknown':
      break;
  }
  const delayMs = retryDelayMs(outcome, sent.sends, parts.random01);
  pass.noteObstacle(obstacleOf(outcome, { eni_id: eniId, vswitch_id: vSwitchId }), delayMs);
  return settled({ kind: 'retry', notBeforeMs: nowMs() + delayMs, newAttempt: false });
}

/**
 * What is on the ENI now and was not before the first call came from it. A listing that shows nothing new is believed
 * from `nothingFromMs` on: past the bound after the last call, unless the caller knows better.
 */
async function resolveByReading(
  pass: Pass,
  intent: AssignIntent,
  vSwitchId: string,
  nothingFromMs = intent.lastSentAtMs + pass.parts.times.boundMs,
): Promise<void> {
  const { cloud, nowMs } = pass.parts;
  const found = await cloud.listEnis({ eniIds: [intent.eniId] }, pass.signal);
  if (found.kind !== 'done') return;
  const ips = newAddresses(found.value[0], intent);
  await settleTaking(pass, intent, vSwitchId, readResult(ips, nowMs(), nothingFromMs));
}

function readResult(ips: readonly string[], nowMs: number, nothingFromMs: number): IntentResult {
  if (ips.length > 0) return { kind: 'assigned', ips };
  if (nowMs >= nothingFromMs) return { kind: 'abandoned' };
  return { kind: 'retry', notBeforeMs: nowMs + 2_000, newAttempt: false };
}

function newAddresses(eni: CloudEni | undefined, { before }: AssignIntent): string[] {
  return (eni?.ips ?? []).filter((ip) => !before.includes(ip));
}
