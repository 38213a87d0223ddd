import type { Clock } from './clock.js';
import {
  type AddressBook,
  bind,
  type Conflict,
  conflictOf,
  depart,
  emptyBook,
  forgetDepartures,
  learnIdle,
  release,
  usableOffline,
} from './address-book.js';
import { isAttached, isReleasing, type Journal, type ReleasingEntry } from './journal/journal.js';
import type { Departure, LeasedAddress } from './leased-address.js';

/**
 * The one holder of the address book. Every change happens at once, before anything is awaited, so that two pods can
 * never be given one address by this agent; what must survive is then written to the journal.
 */
export class AddressLedger {
  private book: AddressBook;
  private cooldownMs: number;

  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    cooldownMs: number,
  ) {
    this.cooldownMs = cooldownMs;
    this.book = this.remembered();
  }

  /** The cooldown that the centre asks for; 0 keeps the agent's own. */
  setCooldown(cooldownMs: number): void {
    if (cooldownMs > 0) this.cooldownMs = cooldownMs;
  }

  /** Takes a granted address for an allocation, unless the agent knows better. */
  bind(address: LeasedAddress, allocationId: string): Conflict | undefined {
    const conflict = conflictOf(this.book, address, allocationId);
    if (conflict === undefined) this.book = bind(this.book, address.ip, allocationId);
    return conflict;
  }

  /** Takes an address without the centre; `unusable` are those that the kernel shows in use. */
  bindOffline(allocationId: string, unusable: ReadonlySet<string>): LeasedAddress | undefined {
    const address = usableOffline(this.book, this.clock.monotonicMs()).find(({ ip }) => !unusable.has(ip));
    if (address !== undefined) this.book = bind(this.book, address.ip, allocationId);
    return address;
  }

  release(address: LeasedAddress, allocationId: string): void {
    this.book = release(this.book, address, allocationId, this.clock.monotonicMs() + this.cooldownMs);
  }

  /** What a Renew says is idle. */
  learn(idle: readonly LeasedAddress[]): void {
    this.book = learnIdle(this.book, idle);
  }

  /** What a Sync says: which departures are still under way, and the idle addresses unless the node is in recovery. */
  learnSynced(idle: readonly LeasedAddress[] | undefined, underWay: readonly Departure[]): void {
    const book = forgetDepartures(this.book, underWay);
    this.book = idle === undefined ? book : learnIdle(book, idle);
  }

  /** Promises departures and writes the promise down: once it resolves, they may be acknowledged. */
  async depart(asked: readonly Departure[], wired: ReadonlySet<string>): Promise<readonly Departure[]> {
    const { book, acknowledged } = depart(this.book, asked, wired);
    this.book = book;
    if (acknowledged.length > 0) await this.save();
    return acknowledged;
  }

  get departed(): readonly Departure[] {
    return this.book.departed;
  }

  /** Addresses that a pod can start on without the centre, right now. */
  offlineReserve(): number {
    return usableOffline(this.book, this.clock.monotonicMs()).length;
  }

  /** Time until a released address may be used again; 0 once it has cooled. */
  remainingMs(entry: ReleasingEntry): number {
    const { bootId, monotonicMs } = entry.releasedAt;
    const sinceMs = bootId === this.clock.bootId ? this.clock.monotonicMs() - monotonicMs : 0;
    return Math.max(0, this.cooldownMs - sinceMs);
  }

  /** Writes down what the agent must know after a restart. */
  async save(fence: { generation?: string; lastAgentSeq?: number; intact?: boolean } = {}): Promise<void> {
    await this.journal.keep((kept) => ({
      ...kept,
      ...fence,
      idle: [...this.book.idle.values()],
      departed: this.book.departed,
    }));
  }

  private remembered(): AddressBook {
    const { idle, departed } = this.journal.kept();
    const entries = this.journal.entries();
    const nowMs = this.clock.monotonicMs();
    const cooling = entries
      .filter(isReleasing)
      .flatMap((entry) =>
        entry.address === undefined
          ? []
          : [[entry.address.ip, { address: entry.address, usableFromMs: nowMs + this.remainingMs(entry) }] as const],
      );
    return {
      ...learnIdle({ ...emptyBook, departed }, idle),
      bound: new Map(entries.filter(isAttached).map(({ address, allocationId }) => [address.ip, allocationId])),
      cooling: new Map(cooling),
    };
  }
}
