import { paramsHash } from '@terway/cloud';
import type { UnassignIntent } from '@terway/ipam-core';
import { callUnder, settleIntent, type Pass } from '../pass.js';
import { retryDelayMs } from '../refusals.js';

/** Takes addresses away that the agent has let go: read, then act, and 'already so' is success. */
export async function advanceUnassign(pass: Pass, intent: UnassignIntent): Promise<void> {
  const { parts, signal } = pass;
  const { cloud, nowMs, random01 } = parts;
  const found = await cloud.listEnis({ eniIds: [intent.eniId] }, signal);
  if (found.kind !== 'done') return;
  const ips = intent.ips.filter((ip) => found.value[0]?.ips.includes(ip));
  if (ips.length === 0) {
    await settleIntent(pass, intent, { kind: 'unassigned' });
    return;
  }
  const call = { eniId: intent.eniId, ips };
  const called = await callUnder(pass, intent, paramsHash(call), () => cloud.unassignAddresses(call, signal));
  if (called === undefined) return;
  const { outcome, sent } = called;
  if (outcome.kind === 'done') {
    await settleIntent(pass, intent, { kind: 'unassigned' });
    return;
  }
  const notBeforeMs = nowMs() + retryDelayMs(outcome, sent.sends, random01);
  await settleIntent(pass, intent, { kind: 'retry', notBeforeMs, newAttempt: false }, outcome);
}
