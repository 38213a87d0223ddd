import { inState, type Address } from '../address.js';
import type { IntentResult, Refusal, SettleCommand } from '../command.js';
import { addressesOf, type Draft } from '../draft.js';
import { eniReady } from '../eni.js';
import type { Intent } from '../intent.js';
import type { ProtocolTimes } from '../record.js';

/** Takes in what became of an intent. */
export function settle(
  draft: Draft,
  { intentId, result, seed }: SettleCommand,
  nowMs: number,
  times: ProtocolTimes,
): Refusal | undefined {
  const intent = draft.intents.get(intentId);
  if (intent === undefined) return { reason: 'record-changed', message: `intent ${intentId} is gone` };
  if (result.kind === 'retry') {
    draft.intents.set(intent.id, retried(intent, result));
    return undefined;
  }
  switch (intent.kind) {
    case 'create-eni':
      return settleCreate({ draft, intent, seed, nowMs }, result);
    case 'assign':
      draft.intents.delete(intent.id);
      if (result.kind === 'assigned') for (const ip of result.ips) arrive(draft, ip, intent.eniId, seed, nowMs);
      return result.kind === 'assigned' || result.kind === 'abandoned' ? undefined : unexpected(intent, result);
    case 'unassign':
      if (result.kind !== 'unassigned') return unexpected(intent, result);
      draft.intents.delete(intent.id);
      for (const ip of intent.ips) {
        const address = draft.addresses.get(ip);
        const untilMs = Math.max(intent.lastSentAtMs, nowMs) + times.boundMs;
        if (address?.state.kind === 'unassigning') {
          draft.addresses.set(ip, inState(address, { kind: 'held', untilMs, acknowledged: true }, nowMs));
        }
      }
      return undefined;
    case 'remove-eni':
      return settleRemoval(draft, intent, result);
  }
}

function retried(intent: Intent, result: Extract<IntentResult, { kind: 'retry' }>): Intent {
  const { notBeforeMs } = result;
  if (!result.newAttempt) return { ...intent, notBeforeMs };
  const next = { ...intent, notBeforeMs, attempt: intent.attempt + 1, sends: 0, paramsHash: '' };
  // an attachment that fell back is asked for again
  return next.kind === 'create-eni' && next.phase === 'await-in-use' ? { ...next, phase: 'attach' } : next;
}

interface CreateContext {
  readonly draft: Draft;
  readonly intent: Extract<Intent, { kind: 'create-eni' }>;
  readonly seed: string;
  readonly nowMs: number;
}

function settleCreate({ draft, intent, seed, nowMs }: CreateContext, result: IntentResult): Refusal | undefined {
  switch (result.kind) {
    case 'created': {
      const { eni, ips } = result;
      draft.enis.set(eni.eniId, { ...eni, status: 'created', seen: false, sinceMs: nowMs });
      for (const ip of ips) arrive(draft, ip, eni.eniId, seed, nowMs);
      draft.intents.set(intent.id, {
        ...intent,
        eniId: eni.eniId,
        phase: 'attach',
        attempt: 1,
        sends: 0,
        paramsHash: '',
      });
      return undefined;
    }
    case 'attach-requested': {
      const eni = draft.enis.get(intent.eniId);
      if (eni?.status === 'created') draft.enis.set(eni.eniId, { ...eni, status: 'attaching', sinceMs: nowMs });
      draft.intents.set(intent.id, { ...intent, phase: 'await-in-use' });
      return undefined;
    }
    case 'attach-refused': {
      draft.intents.delete(intent.id);
      const unsent = { paramsHash: '', sends: 0, attemptSentAtMs: 0, lastSentAtMs: 0, notBeforeMs: 0 };
      const base = { createdAtMs: nowMs, attempt: 1, ...unsent };
      draft.intents.set(result.removalId, {
        ...base,
        kind: 'remove-eni',
        id: result.removalId,
        eniId: intent.eniId,
        phase: 'delete',
      });
      for (const address of addressesOf(draft, intent.eniId)) {
        draft.addresses.set(address.ip, inState(address, { kind: 'unassigning' }, nowMs));
      }
      return undefined;
    }
    case 'abandoned':
      draft.intents.delete(intent.id);
      return undefined;
    case 'gone':
      forgetEni(draft, intent);
      return undefined;
    default:
      return unexpected(intent, result);
  }
}

function settleRemoval(
  draft: Draft,
  intent: Extract<Intent, { kind: 'remove-eni' }>,
  result: IntentResult,
): Refusal | undefined {
  const inPhase = (phase: typeof intent.phase): undefined => {
    draft.intents.set(intent.id, { ...intent, phase, attempt: 1, sends: 0, paramsHash: '' });
  };
  switch (result.kind) {
    case 'detach-requested':
      return inPhase('await-available');
    case 'detached':
      return inPhase('delete');
    case 'delete-requested':
      return inPhase('await-gone');
    case 'gone':
      forgetEni(draft, intent);
      return undefined;
    default:
      return unexpected(intent, result);
  }
}

/** The ENI does not exist any more, and its addresses have gone with it. */
function forgetEni(draft: Draft, intent: Intent): void {
  draft.intents.delete(intent.id);
  draft.enis.delete(intent.eniId);
  for (const { ip } of addressesOf(draft, intent.eniId)) draft.addresses.delete(ip);
}

/** An address that the cloud has just given. One that is still held comes back under a fresh term, and stays held. */
function arrive(draft: Draft, ip: string, eniId: string, seed: string, nowMs: number): void {
  const eni = draft.enis.get(eniId);
  const known = draft.addresses.get(ip);
  const term = `${seed}.${ip}`;
  if (known?.state.kind === 'held') {
    draft.addresses.set(ip, { ...known, eniId, term, state: { ...known.state, acknowledged: false } });
  } else if (known === undefined) {
    const state = { kind: eniReady(eni) ? 'idle' : 'assigning' } as const;
    const address: Address = { ip, eniId, term, primary: ip === eni?.primaryIp, sinceMs: nowMs, state };
    draft.addresses.set(ip, address);
  }
}

function unexpected(intent: Intent, result: IntentResult): Refusal {
  return { reason: 'record-changed', message: `intent ${intent.id} (${intent.kind}) cannot end as ${result.kind}` };
}
