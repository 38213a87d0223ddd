import type { PodAttachment } from '@terway/datapath';
import { type DigestEntry, type Owner, type Pod, sameOwner } from '@terway/ipam-core';
import type { Departure, LeasedAddress } from '../leased-address.js';

/** A moment on the monotonic clock of one boot. */
export interface Instant {
  readonly bootId: string;
  readonly monotonicMs: number;
}

interface EntryFields {
  /** Made before the first call to the centre; one ADD attempt, one id. */
  readonly allocationId: string;
  readonly owner: Owner;
  readonly pod: Pod;
  /** CNI_NETNS as the runtime gave it. */
  readonly netns: string;
  /** The highest agent seq that the agent had seen when it wrote this. */
  readonly agentSeq: number;
}

/**
 * One attachment of one sandbox:
 *
 * - `allocating`: the centre may have been asked. Nothing is wired.
 * - `wiring`: the address is known, and the kernel may hold any part of the attachment.
 * - `wired`: the kernel holds all of it.
 * - `releasing`: the kernel holds nothing of it any more. The entry stays until the centre knows and, if there was an
 *   address, until that has cooled: it is all that a restarted agent has to go by.
 */
export type JournalEntry =
  | (EntryFields & { readonly state: 'allocating' })
  | (EntryFields & {
      readonly state: 'wiring' | 'wired';
      readonly address: LeasedAddress;
      readonly attachment: PodAttachment;
    })
  | (EntryFields & {
      readonly state: 'releasing';
      readonly address: LeasedAddress | undefined;
      readonly cause: ReleaseCause;
      readonly releasedAt: Instant;
    });

export type AttachedEntry = Extract<JournalEntry, { state: 'wiring' | 'wired' }>;
export type ReleasingEntry = Extract<JournalEntry, { state: 'releasing' }>;
/** What an owner has, or is about to have. */
export type HeldEntry = Exclude<JournalEntry, ReleasingEntry>;

export type ReleaseCause = 'normal' | 'address-in-use';

/** What the agent remembers beside its attachments. */
export interface KeptState {
  /** Random id of the node's record as last seen; empty before the first session. */
  readonly generation: string;
  readonly lastAgentSeq: number;
  /** Addresses that the centre called idle. */
  readonly idle: readonly LeasedAddress[];
  /** Departures acknowledged and not forgotten yet. */
  readonly departed: readonly Departure[];
  /** False from the moment that part of the journal could not be read until the centre has been told. */
  readonly intact: boolean;
}

export const nothingKept: KeptState = { generation: '', lastAgentSeq: 0, idle: [], departed: [], intact: true };

/**
 * The agent's memory: what it wired and what it promised. Reads are of what is known to be on disk. A write resolves
 * when it is there; a write that fails changes nothing.
 */
export interface Journal {
  /** Random id made together with the journal: a lost journal is a new incarnation. */
  readonly incarnation: string;
  entries(): readonly JournalEntry[];
  kept(): KeptState;
  /** Advances with every change of an entry. */
  changes(): number;
  /** @throws JournalError */
  put(entry: JournalEntry): Promise<void>;
  /** Removing what is not there is a success. @throws JournalError */
  remove(allocationId: string): Promise<void>;
  /**
   * @param update makes the new state from the one on disk, when its turn to write has come; one after the other, so
   * that no update is lost. @throws JournalError
   */
  keep(update: (kept: KeptState) => KeptState): Promise<void>;
}

/** The journal could not be written, for example because the disk is full. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly reason = 'journal-not-written';
}

export function isAttached(entry: JournalEntry): entry is AttachedEntry {
  return entry.state === 'wiring' || entry.state === 'wired';
}

export function isReleasing(entry: JournalEntry): entry is ReleasingEntry {
  return entry.state === 'releasing';
}

/** The attachment that an owner has now; what is being released is no longer his. */
export function entryOf(journal: Pick<Journal, 'entries'>, owner: Owner): HeldEntry | undefined {
  return journal
    .entries()
    .filter(isHeld)
    .find((entry) => sameOwner(entry.owner, owner));
}

function isHeld(entry: JournalEntry): entry is HeldEntry {
  return !isReleasing(entry);
}

/** What Renew compares with the centre's record. */
export function digestEntries(entries: readonly JournalEntry[]): readonly DigestEntry[] {
  return entries
    .filter(isAttached)
    .map(({ address, owner, allocationId }) => ({ ip: address.ip, owner, allocationId }));
}

/** The highest agent seq that any part of the journal has seen. */
export function lastAgentSeq(journal: Pick<Journal, 'entries' | 'kept'>): number {
  return Math.max(journal.kept().lastAgentSeq, ...journal.entries().map(({ agentSeq }) => agentSeq));
}
