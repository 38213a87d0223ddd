import { paramsHash, type CloudEni, type Outcome } from '@terway/cloud';
import type { IntentResult, RemoveEniIntent } from '@terway/ipam-core';
import { callUnder, settleIntent, type Pass } from '../pass.js';
import { retryDelayMs } from '../refusals.js';

/** A detach or delete that has not ended after this time is asked for again: the cloud's documented cure. */
const stuckMs = 30_000;

type Move = { readonly call: 'detach' | 'delete' } | { readonly result: IntentResult } | 'wait';

/**
 * What to do next, given what the cloud shows of the ENI. Where no deletion has been accepted, an ENI that is not shown
 * may only be too new for the listing: it is gone for certain past the bound.
 */
export function nextRemovalMove(
  intent: RemoveEniIntent,
  eni: Pick<CloudEni, 'status'> | undefined,
  { nowMs, boundMs }: { readonly nowMs: number; readonly boundMs: number },
): Move {
  if (eni === undefined) {
    const certain = intent.phase === 'await-gone' || nowMs >= intent.createdAtMs + boundMs;
    return certain ? { result: { kind: 'gone' } } : 'wait';
  }
  const stuck = nowMs - intent.lastSentAtMs >= stuckMs;
  switch (eni.status) {
    case 'InUse':
    case 'Attaching':
      return { call: 'detach' };
    case 'Detaching':
      if (intent.phase === 'detach') return { result: { kind: 'detach-requested' } };
      return stuck ? { call: 'detach' } : 'wait';
    case 'Available':
    case 'CreateFailed':
      return intent.phase === 'detach' || intent.phase === 'await-available'
        ? { result: { kind: 'detached' } }
        : { call: 'delete' };
    case 'Deleting':
      if (intent.phase !== 'await-gone') return { result: { kind: 'delete-requested' } };
      return stuck ? { call: 'delete' } : 'wait';
    case 'Creating':
    case 'Unknown':
      return 'wait';
  }
}

/** Detaches and deletes an ENI of which nothing is left: read, then act. */
export async function advanceRemoval(pass: Pass, intent: RemoveEniIntent): Promise<void> {
  const { parts, nodeId, signal } = pass;
  const { cloud, nowMs, random01, times } = parts;
  const found = await cloud.listEnis({ eniIds: [intent.eniId] }, signal);
  if (found.kind !== 'done') return;
  const move = nextRemovalMove(intent, found.value[0], { nowMs: nowMs(), boundMs: times.boundMs });
  if (move === 'wait') return;
  if ('result' in move) {
    await settleIntent(pass, intent, move.result);
    return;
  }
  const { eniId } = intent;
  const asked = paramsHash({ call: move.call, eniId });
  const called = await callUnder(pass, intent, asked, (): Promise<Outcome<void>> =>
    move.call === 'detach'
      ? cloud.detachEni({ eniId, instanceId: nodeId }, signal)
      : cloud.deleteEni({ eniId }, signal),
  );
  if (called === undefined) return;
  const { outcome, sent } = called;
  if (outcome.kind === 'done') {
    await settleIntent(pass, intent, { kind: move.call === 'detach' ? 'detach-requested' : 'delete-requested' });
    return;
  }
  const notBeforeMs = nowMs() + retryDelayMs(outcome, sent.sends, random01);
  await settleIntent(pass, intent, { kind: 'retry', notBeforeMs, newAttempt: false }, outcome);
}
