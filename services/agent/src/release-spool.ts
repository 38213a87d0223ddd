import { IpamRefusal } from '@terway/ipam-core';
import type { AddressLedger } from './address-ledger.js';
import { type IpamSession, isAway } from './ipam-session.js';
import { isReleasing, type Journal, type ReleasingEntry } from './journal/journal.js';

export interface SpoolParts {
  readonly session: Pick<IpamSession, 'release'>;
  readonly journal: Journal;
  readonly ledger: Pick<AddressLedger, 'remainingMs'>;
}

/**
 * Tells the centre what was released. The journal is the spool: an entry stays until the centre has answered and its
 * address has cooled, so that a restarted agent neither forgets a release nor hands out a warm address.
 */
export class ReleaseSpool {
  private readonly settled = new Set<string>();

  constructor(
    private readonly parts: SpoolParts,
    /** Time for one call. */
    private readonly deadlineMs: number,
  ) {}

  /** One try; a centre that does not answer hears of it in the next sweep, or in the next Sync. */
  async settle(entry: ReleasingEntry): Promise<void> {
    await this.tell(entry);
  }

  /** Repeats what was not answered, and forgets what is over. A centre that is away is asked no more in this sweep. */
  async sweep(signal: AbortSignal): Promise<void> {
    let away = false;
    for (const entry of this.parts.journal.entries().filter(isReleasing)) {
      if (signal.aborted) return;
      if (this.settled.has(entry.allocationId)) await this.forgetIfDone(entry);
      else if (!away) {
        const refusal = await this.tell(entry);
        away = refusal !== undefined && isAway(refusal);
      }
    }
  }

  /** @returns the refusal of the centre, if it refused */
  private async tell(entry: ReleasingEntry): Promise<IpamRefusal | undefined> {
    const { owner, allocationId, cause } = entry;
    try {
      await this.parts.session.release({ owner, allocationId, cause }, { deadlineMs: this.deadlineMs });
      this.settled.add(allocationId);
    } catch (error) {
      if (!(error instanceof IpamRefusal)) throw error;
      return error;
    }
    await this.forgetIfDone(entry);
    return undefined;
  }

  private async forgetIfDone(entry: ReleasingEntry): Promise<void> {
    if (!this.settled.has(entry.allocationId)) return;
    if (entry.address !== undefined && this.parts.ledger.remainingMs(entry) > 0) return;
    await this.parts.journal.remove(entry.allocationId);
    this.settled.delete(entry.allocationId);
  }
}
