import { inState } from '../address.js';
import type { Departure, Refusal, RenewCommand, Replies } from '../command.js';
import type { Draft } from '../draft.js';
import { refuseAgent } from '../fence.js';
import { journalDigest } from '../journal-digest.js';
import { leaveRecoveryIfDone } from '../recovery.js';
import type { ProtocolTimes } from '../record.js';
import { noteSeenMacs } from '../usable.js';
import { viewOf } from './view.js';

/** The agent lives. Its seq advances only if it carries an acknowledgement that takes effect. */
export function renew(
  draft: Draft,
  command: RenewCommand,
  nowMs: number,
  times: ProtocolTimes,
): Replies['renew'] | Refusal {
  const refusal = refuseAgent(draft, command.fence, nowMs);
  if (refusal !== undefined) return refusal;
  draft.agent = { ...draft.agent, lastRenewMs: nowMs };
  const taken = command.departed.filter((departure) => takeAcknowledgement(draft, departure, nowMs));
  if (taken.length > 0) draft.agent = { ...draft.agent, seq: draft.agent.seq + 1 };
  noteSeenMacs(draft, command.seenMacs, nowMs);
  leaveRecoveryIfDone(draft, nowMs, times);
  const resync = command.journalDigest !== '' && command.journalDigest !== digestOf(draft);
  return { agentSeq: draft.agent.seq, view: viewOf(draft, nowMs, resync) };
}

/** An acknowledgement of another term speaks of another stay of the address: it means nothing. */
function takeAcknowledgement(draft: Draft, { ip, term }: Departure, nowMs: number): boolean {
  const address = draft.addresses.get(ip);
  if (address === undefined || address.term !== term || address.state.kind !== 'departing') return false;
  draft.addresses.set(ip, inState(address, { kind: 'unassigning' }, nowMs));
  return true;
}

function digestOf(draft: Draft): string {
  const entries = [...draft.addresses.values()].flatMap(({ ip, state }) =>
    state.kind === 'bound' ? [{ ip, owner: state.holder.owner, allocationId: state.holder.allocationId }] : [],
  );
  return journalDigest(entries);
}
