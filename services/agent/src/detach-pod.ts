import type { Owner } from '@terway/ipam-core';
import type { AddressLedger } from './address-ledger.js';
import type { Clock } from './clock.js';
import {
  entryOf,
  isAttached,
  type Journal,
  type JournalEntry,
  type ReleaseCause,
  type ReleasingEntry,
} from './journal/journal.js';
import type { PodDatapath } from './pod-datapath.js';
import type { ReleaseSpool } from './release-spool.js';
import type { SandboxTurns } from './sandbox-turns.js';

export interface DetachParts {
  readonly journal: Journal;
  readonly ledger: Pick<AddressLedger, 'release'>;
  readonly datapath: Pick<PodDatapath, 'detach'>;
  readonly spool: Pick<ReleaseSpool, 'settle'>;
  readonly turns: SandboxTurns;
  readonly clock: Clock;
}

/**
 * Undoes what the kernel holds for an owner and lets his address go. What is not there any more is a success: DEL comes
 * late, twice, and without a namespace. It does not need the centre.
 *
 * @throws DatapathError, JournalError; then the entry stands and the next DEL tries again
 */
export function detachPod(owner: Owner, parts: DetachParts): Promise<void> {
  return parts.turns.detach(owner, async () => {
    const entry = entryOf(parts.journal, owner);
    if (entry !== undefined) await letGo(entry, 'normal', parts);
  });
}

/** The caller has the turn of the entry's owner. */
export async function letGo(
  entry: Exclude<JournalEntry, ReleasingEntry>,
  cause: ReleaseCause,
  parts: Omit<DetachParts, 'turns'>,
): Promise<void> {
  const { journal, ledger, datapath, spool, clock } = parts;
  if (isAttached(entry)) await datapath.detach(entry.attachment);
  const releasing = releasingOf(entry, cause, clock);
  await journal.put(releasing);
  if (releasing.address !== undefined) ledger.release(releasing.address, entry.allocationId);
  await spool.settle(releasing);
}

function releasingOf(entry: Exclude<JournalEntry, ReleasingEntry>, cause: ReleaseCause, clock: Clock): ReleasingEntry {
  const { allocationId, owner, pod, netns, agentSeq } = entry;
  return {
    state: 'releasing',
    allocationId,
    owner,
    pod,
    netns,
    agentSeq,
    address: isAttached(entry) ? entry.address : undefined,
    cause,
    releasedAt: { bootId: clock.bootId, monotonicMs: clock.monotonicMs() },
  };
}
