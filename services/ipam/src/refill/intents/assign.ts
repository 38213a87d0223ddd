import { clientToken, paramsHash, type CloudEni } from '@terway/cloud';
import type { AssignIntent, IntentResult } from '@terway/ipam-core';
import { callUnder, settleTaking, type Pass } from '../pass.js';
import { obstacleOf, retryDelayMs } from '../refusals.js';

const tokenLifeMs = 600_000;

/** Adds addresses to an ENI. An answer that may be a replay is believed as far as a listing shows it. */
export async function advanceAssign(pass: Pass, intent: AssignIntent, vSwitchId: string): Promise<void> {
  const { parts, signal } = pass;
  const { cloud, nowMs } = parts;
  const settled = (result: IntentResult): Promise<void> => settleTaking(pass, intent, vSwitchId, result);
  if (intent.sends > 0 && nowMs() - intent.lastSentAtMs >= tokenLifeMs)
    return resolveByReading(pass, intent, vSwitchId);
  const { eniId, count } = intent;
  const called = await callUnder(pass, intent, paramsHash({ eniId, count }), ({ attempt }) =>
    cloud.assignAddresses({ eniId, count, clientToken: clientToken(intent.id, attempt) }, signal),
  );
  if (called === undefined) return;
  const { outcome, sent } = called;
  switch (outcome.kind) {
    case 'done':
      if (sent.sends > 1) return resolveByReading(pass, intent, vSwitchId);
      return settled({ kind: 'assigned', ips: outcome.value });
    case 'refused':
      if (outcome.reason === 'vswitch-exhausted') {
        parts.book.markFull(vSwitchId, outcome);
        parts.vSwitchFull(pass.nodeId, vSwitchId, outcome);
        return settled({ kind: 'abandoned' });
      }
      if (outcome.reason === 'idempotence-broken') return resolveByReading(pass, intent, vSwitchId);
      if (outcome.reason !== 'conflict') {
        pass.noteObstacle(obstacleOf(outcome, { eni_id: eniId, vswitch_id: vSwitchId }), 5_000);
        return settled({ kind: 'abandoned' });
      }
      break;
    case 'throttled':
    case 'unknown':
      break;
  }
  const delayMs = retryDelayMs(outcome, sent.sends, parts.random01);
  pass.noteObstacle(obstacleOf(outcome, { eni_id: eniId, vswitch_id: vSwitchId }), delayMs);
  return settled({ kind: 'retry', notBeforeMs: nowMs() + delayMs, newAttempt: false });
}

/** What is on the ENI now and was not before the first call came from it; nothing counts as nothing only past the bound. */
async function resolveByReading(pass: Pass, intent: AssignIntent, vSwitchId: string): Promise<void> {
  const { cloud, nowMs, times } = pass.parts;
  const found = await cloud.listEnis({ eniIds: [intent.eniId] }, pass.signal);
  if (found.kind !== 'done') return;
  const ips = newAddresses(found.value[0], intent);
  const pending = ips.length === 0 && nowMs() < intent.lastSentAtMs + times.boundMs;
  await settleTaking(
    pass,
    intent,
    vSwitchId,
    pending
      ? { kind: 'retry', notBeforeMs: nowMs() + 2_000, newAttempt: false }
      : ips.length > 0
        ? { kind: 'assigned', ips }
        : { kind: 'abandoned' },
  );
}

function newAddresses(eni: CloudEni | undefined, { before }: AssignIntent): string[] {
  return (eni?.ips ?? []).filter((ip) => !before.includes(ip));
}
