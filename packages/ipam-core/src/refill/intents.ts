import { hasConsent, inState } from '../address.js';
import type { MarkSentCommand, NewIntent, OpenIntentCommand, Refusal } from '../command.js';
import { addressesOf, type Draft } from '../draft.js';
import { refuseDestruction } from '../fence.js';
import { isDestructive, type Intent } from '../intent.js';
import type { ProtocolTimes } from '../record.js';

/** Writes a mutation down. The plan was made of an older view, so every condition is looked at once more. */
export function openIntent(
  draft: Draft,
  { intent }: OpenIntentCommand,
  nowMs: number,
  times: ProtocolTimes,
): Intent | Refusal {
  const refusal = refuseIntent(draft, intent, nowMs, times);
  if (refusal !== undefined) return refusal;
  const opened = withBookkeeping(draft, intent, nowMs);
  draft.intents.set(opened.id, opened);
  if (opened.kind === 'remove-eni') leaveWithEni(draft, opened.eniId, nowMs);
  return opened;
}

/** Stores the attempt before its call goes out. Destructive calls need an agent that has spoken recently. */
export function markSent(
  draft: Draft,
  { intentId, attempt, paramsHash }: MarkSentCommand,
  nowMs: number,
  times: ProtocolTimes,
): Intent | Refusal {
  const intent = draft.intents.get(intentId);
  if (intent === undefined) return changed(`intent ${intentId} is gone`);
  if (isDestructive(intent) && !neverArrived(draft, intent.eniId)) {
    const refusal = refuseDestruction(draft, nowMs, times);
    if (refusal !== undefined) return refusal;
  }
  const sends = intent.attempt === attempt && intent.paramsHash === paramsHash ? intent.sends + 1 : 1;
  const attemptSentAtMs = sends === 1 ? nowMs : intent.attemptSentAtMs;
  const sent: Intent = { ...intent, attempt, paramsHash, sends, attemptSentAtMs, lastSentAtMs: nowMs };
  draft.intents.set(sent.id, sent);
  return sent;
}

function refuseIntent(draft: Draft, intent: NewIntent, nowMs: number, times: ProtocolTimes): Refusal | undefined {
  if (draft.intents.has(intent.id)) return changed(`intent ${intent.id} is open already`);
  if (intent.kind === 'create-eni') {
    const slots = (draft.limits?.enis ?? 1) - 1 - enisTaken(draft);
    return slots > 0 ? undefined : { reason: 'eni-limit-reached', message: 'the instance type allows no further ENI' };
  }
  const eni = draft.enis.get(intent.eniId);
  if (eni === undefined) return changed(`ENI ${intent.eniId} is gone`);
  if (addressOperationOpen(draft, intent.eniId)) return changed(`ENI ${intent.eniId} has an operation open`);
  if (intent.kind === 'assign') return eni.status === 'in-use' ? undefined : changed(`ENI ${eni.eniId} is not in use`);

  const leaving = addressesOf(draft, intent.eniId).filter(
    ({ ip }) => intent.kind === 'remove-eni' || intent.ips.includes(ip),
  );
  if (intent.kind === 'remove-eni' && neverArrived(draft, intent.eniId)) return undefined;
  const staying = leaving.find((address) => !hasConsent(address));
  if (staying !== undefined) return changed(`${staying.ip} is ${staying.state.kind}`);
  if (intent.kind === 'unassign' && (leaving.length !== intent.ips.length || leaving.some(({ primary }) => primary))) {
    return changed('not every address is a secondary one of this ENI');
  }
  return refuseDestruction(draft, nowMs, times);
}

function withBookkeeping(draft: Draft, intent: NewIntent, nowMs: number): Intent {
  const unsent = { paramsHash: '', sends: 0, attemptSentAtMs: 0, lastSentAtMs: 0, notBeforeMs: 0 };
  const base = { createdAtMs: nowMs, attempt: 1, ...unsent };
  switch (intent.kind) {
    case 'create-eni':
      return { ...base, ...intent, eniId: '', phase: 'create' };
    case 'assign':
      return { ...base, ...intent, before: ipsOf(draft, intent.eniId) };
    case 'unassign':
      return { ...base, ...intent };
    case 'remove-eni':
      return { ...base, ...intent, phase: draft.enis.get(intent.eniId)?.status === 'created' ? 'delete' : 'detach' };
  }
}

/** ENIs of the node and those on their way; the primary one is not among them. */
function enisTaken(draft: Draft): number {
  const coming = [...draft.intents.values()].filter((intent) => intent.kind === 'create-eni' && intent.eniId === '');
  return draft.enis.size + coming.length;
}

/** The ENI was never attached: no agent can have used it, so none is asked. */
function neverArrived(draft: Draft, eniId: string): boolean {
  return draft.enis.get(eniId)?.status === 'created';
}

function addressOperationOpen(draft: Draft, eniId: string): boolean {
  return [...draft.intents.values()].some((intent) => intent.eniId === eniId && intent.kind !== 'create-eni');
}

function leaveWithEni(draft: Draft, eniId: string, nowMs: number): void {
  const eni = draft.enis.get(eniId);
  if (eni !== undefined && eni.status !== 'created')
    draft.enis.set(eniId, { ...eni, status: 'leaving', sinceMs: nowMs });
  for (const address of addressesOf(draft, eniId)) {
    if (address.state.kind !== 'unassigning') {
      draft.addresses.set(address.ip, inState(address, { kind: 'unassigning' }, nowMs));
    }
  }
}

function changed(message: string): Refusal {
  return { reason: 'record-changed', message };
}

/** In an order of their own: a store keeps none. */
function ipsOf(draft: Draft, eniId: string): string[] {
  return addressesOf(draft, eniId)
    .map(({ ip }) => ip)
    .toSorted();
}
