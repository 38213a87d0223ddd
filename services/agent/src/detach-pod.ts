import type { Owner } from '@terway/ipam-core';
import type { AddressLedger } from './address-ledger.js';
import type { Clock } from './clock.js';
import {
  type AttachedEntry,
  entryOf,
  type HeldEntry,
  isAttached,
  type Journal,
  type ReleaseCause,
  type ReleasingEntry,
} from './journal/journal.js';
import type { KeyedLock } from './keyed-lock.js';
import type { PodDatapath } from './pod-datapath.js';
import type { ReleaseSpool } from './release-spool.js';
import type { SandboxTurns } from './sandbox-turns.js';

export interface DetachParts {
  readonly journal: Journal;
  readonly ledger: Pick<AddressLedger, 'release'>;
  readonly datapath: Pick<PodDatapath, 'detach'>;
  readonly spool: Pick<ReleaseSpool, 'settle'>;
  readonly turns: SandboxTurns;
  /** By name of the host end: two sandboxes of one pod share it. */
  readonly links: KeyedLock;
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
export async function letGo(entry: HeldEntry, cause: ReleaseCause, parts: Omit<DetachParts, 'turns'>): Promise<void> {
  if (!isAttached(entry)) return release(entry, cause, parts);
  await parts.links.run(entry.attachment.hostIfName, () => unwire(entry, cause, parts));
}

/**
 * The caller has the host end of the entry to himself. An entry that somebody let go meanwhile is left alone: the host
 * end may belong to the pod's next sandbox by now.
 */
export async function unwire(
  entry: AttachedEntry,
  cause: ReleaseCause,
  parts: Omit<DetachParts, 'turns' | 'links'>,
): Promise<void> {
  if (!stillAttached(entry, parts.journal)) return;
  await parts.datapath.detach(entry.attachment);
  await release(entry, cause, parts);
}

export function stillAttached({ allocationId }: AttachedEntry, journal: Pick<Journal, 'entries'>): boolean {
  return journal.entries().some((entry) => entry.allocationId === allocationId && isAttached(entry));
}

async function release(
  entry: HeldEntry,
  cause: ReleaseCause,
  { journal, ledger, spool, clock }: Omit<DetachParts, 'turns' | 'links'>,
): Promise<void> {
  const releasing = releasingOf(entry, cause, clock);
  await journal.put(releasing);
  if (releasing.address !== undefined) ledger.release(releasing.address, entry.allocationId);
  await spool.settle(releasing);
}

function releasingOf(entry: HeldEntry, cause: ReleaseCause, clock: Clock): ReleasingEntry {
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
