import { clientToken, paramsHash, type CloudEni, type CreateEni } from '@terway/cloud';
import type { CreateEniIntent, IntentResult } from '@terway/ipam-core';
import { callUnder, settleTaking, type Pass } from '../pass.js';
import { obstacleOf, retryDelayMs } from '../refusals.js';
import { intentTags } from '../refill-config.js';
import { isSpent } from './token.js';

/** An attach that no listing shows after this time is looked up by its ENI. */
const attachPatienceMs = 10_000;

export interface EniSettings {
  readonly securityGroupIds: readonly string[];
}

/** Carries the creation of an ENI one step further: create, attach, wait until a listing shows it in use. */
export async function advanceCreate(pass: Pass, intent: CreateEniIntent, settings: EniSettings): Promise<void> {
  switch (intent.phase) {
    case 'create':
      return create(pass, intent, settings);
    case 'attach':
      return attach(pass, intent);
    case 'await-in-use':
      return lookAfterAttach(pass, intent);
  }
}

async function create(pass: Pass, intent: CreateEniIntent, settings: EniSettings): Promise<void> {
  const { parts, signal } = pass;
  const { book, cloud, config, nowMs } = parts;
  if (book.cidrOf(intent.vSwitchId) === '') return; // without it nothing could be said of what comes
  if (isSpent(intent, nowMs(), parts.times)) return resolveByTags(pass, intent);
  const { clusterId, eniTags, resourceGroupId } = config();
  const params: Omit<CreateEni, 'clientToken'> = {
    vSwitchId: intent.vSwitchId,
    securityGroupIds: settings.securityGroupIds,
    secondaryAddresses: intent.secondaryAddresses,
    tags: { ...eniTags, ...intentTags(clusterId, intent.id) },
    name: `terway-${intent.id.slice(0, 8)}`,
    description: 'addresses of pods, managed by terway',
    ...(resourceGroupId === undefined ? {} : { resourceGroupId }),
  };
  const hash = paramsHash({ ...params });
  // other parameters under the same token would be refused for good: what became of the first call is read instead
  if (intent.sends > 0 && intent.paramsHash !== hash) return resolveByTags(pass, intent);
  const called = await callUnder(pass, intent, hash, ({ attempt }) =>
    cloud.createEni({ ...params, clientToken: clientToken(intent.id, attempt) }, signal),
  );
  if (called === undefined) return;
  const { outcome, sent } = called;
  if (outcome.kind === 'done') {
    if (sent.sends > 1) return resolveByTags(pass, sent);
    return settled(pass, intent, createdResult(pass, outcome.value));
  }
  if (outcome.kind === 'refused') {
    if (outcome.reason === 'idempotence-broken') {
      // nothing more goes out under this token: past the bound, what became of it is looked up
      const notBeforeMs = sent.lastSentAtMs + parts.times.boundMs;
      return settled(pass, intent, { kind: 'retry', notBeforeMs, newAttempt: false });
    }
    if (outcome.reason === 'vswitch-exhausted') {
      parts.book.markFull(intent.vSwitchId, outcome);
      parts.vSwitchFull(pass.nodeId, intent.vSwitchId, outcome);
    } else {
      pass.noteObstacle(obstacleOf(outcome, { vswitch_id: intent.vSwitchId }), 5_000);
    }
    // an earlier call under this token may have been carried out all the same; what still runs is for the collector
    if (sent.sends > 1) return resolveByTags(pass, sent, nowMs());
    return settled(pass, intent, { kind: 'abandoned' });
  }
  const delayMs = retryDelayMs(outcome, sent.sends, parts.random01);
  pass.noteObstacle(obstacleOf(outcome, { vswitch_id: intent.vSwitchId }), delayMs);
  return settled(pass, intent, { kind: 'retry', notBeforeMs: nowMs() + delayMs, newAttempt: false });
}

/**
 * What a creation of unknown outcome has left: the ENI that carries the intent's tag, or nothing. A listing that shows
 * nothing is believed from `nothingFromMs` on: past the bound after the last call, unless the caller knows better.
 */
async function resolveByTags(
  pass: Pass,
  intent: CreateEniIntent,
  nothingFromMs = intent.lastSentAtMs + pass.parts.times.boundMs,
): Promise<void> {
  const { cloud, config, nowMs } = pass.parts;
  const found = await cloud.listEnis({ tags: intentTags(config().clusterId, intent.id) }, pass.signal);
  if (found.kind !== 'done') return;
  const [eni] = found.value;
  if (eni !== undefined) return settled(pass, intent, createdResult(pass, eni));
  if (nowMs() < nothingFromMs) {
    return settled(pass, intent, { kind: 'retry', notBeforeMs: nowMs() + 2_000, newAttempt: false });
  }
  return settled(pass, intent, { kind: 'abandoned' });
}

function createdResult({ parts }: Pass, eni: CloudEni): IntentResult {
  const { eniId, mac, vSwitchId, zoneId, primaryIp, ips } = eni;
  const cidr = parts.book.cidrOf(vSwitchId);
  return { kind: 'created', eni: { eniId, mac, vSwitchId, zoneId, cidr, primaryIp }, ips };
}

async function attach(pass: Pass, intent: CreateEniIntent): Promise<void> {
  const { parts, nodeId, signal } = pass;
  if (intent.sends > 0 || intent.attempt > 1) {
    const eni = await readEni(pass, intent.eniId);
    if (eni === 'no-answer') return;
    if (eni === undefined) return notShown(pass, intent);
    if (eni.instanceId === nodeId) return settled(pass, intent, { kind: 'attach-requested' });
  }
  const call = { eniId: intent.eniId, instanceId: nodeId };
  const called = await callUnder(pass, intent, paramsHash(call), () => parts.cloud.attachEni(call, signal));
  if (called === undefined) return;
  const { outcome, sent } = called;
  if (outcome.kind === 'done') return settled(pass, intent, { kind: 'attach-requested' });
  // a refusal begins a new attempt, whose calls are counted anew
  const delayMs = retryDelayMs(outcome, sent.sends + sent.attempt - 1, parts.random01);
  pass.noteObstacle(obstacleOf(outcome, { eni_id: intent.eniId }), delayMs);
  if (outcome.kind === 'refused') {
    if (outcome.reason === 'already-so') return settled(pass, intent, { kind: 'attach-requested' });
    if (['eni-limit-reached', 'address-limit-reached', 'not-allowed', 'rejected'].includes(outcome.reason)) {
      return settled(pass, intent, { kind: 'attach-refused', removalId: parts.newId() });
    }
  }
  const notBeforeMs = parts.nowMs() + delayMs;
  return settled(pass, intent, { kind: 'retry', notBeforeMs, newAttempt: outcome.kind === 'refused' });
}

/** Listings of the node show the ENI once it is attached; one that fell back is shown by its id alone. */
async function lookAfterAttach(pass: Pass, intent: CreateEniIntent): Promise<void> {
  const { nowMs, random01 } = pass.parts;
  if (nowMs() - intent.lastSentAtMs < attachPatienceMs) return;
  const eni = await readEni(pass, intent.eniId);
  if (eni === 'no-answer') return;
  if (eni === undefined) return notShown(pass, intent);
  if (eni.status !== 'Available') return;
  const fellBack = { kind: 'unknown', cause: 'the attachment fell back' } as const;
  const delayMs = retryDelayMs(fellBack, intent.attempt, random01);
  pass.noteObstacle(obstacleOf(fellBack, { eni_id: intent.eniId }), delayMs);
  return settled(pass, intent, { kind: 'retry', notBeforeMs: nowMs() + delayMs, newAttempt: true });
}

/** An ENI that the cloud has given may be too new for a listing: it is gone for certain past the bound. */
async function notShown(pass: Pass, intent: CreateEniIntent): Promise<void> {
  const { nowMs, times } = pass.parts;
  const certain = nowMs() >= intent.lastSentAtMs + times.boundMs;
  const later = { kind: 'retry', notBeforeMs: nowMs() + 2_000, newAttempt: false } as const;
  return settled(pass, intent, certain ? { kind: 'gone' } : later);
}

async function readEni(pass: Pass, eniId: string): Promise<CloudEni | undefined | 'no-answer'> {
  const found = await pass.parts.cloud.listEnis({ eniIds: [eniId] }, pass.signal);
  return found.kind === 'done' ? found.value[0] : 'no-answer';
}

async function settled(pass: Pass, intent: CreateEniIntent, result: IntentResult): Promise<void> {
  await settleTaking(pass, intent, intent.vSwitchId, result);
}
