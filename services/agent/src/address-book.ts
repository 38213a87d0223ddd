import type { Departure, LeasedAddress } from './leased-address.js';

interface Cooling {
  readonly address: LeasedAddress;
  /** Monotonic time from which it may be used again. */
  readonly usableFromMs: number;
}

/**
 * What the agent knows of the addresses of its node. Pure state; times are on the monotonic clock.
 *
 * - `idle`: the centre called them idle, in its order. Some may be bound or cooling by now: those maps win.
 * - `bound`: by address, the allocation that holds it.
 * - `cooling`: released here. After the cooldown they may be used without the centre.
 * - `departed`: acknowledged as leaving; never used again under that term.
 */
export interface AddressBook {
  readonly idle: ReadonlyMap<string, LeasedAddress>;
  readonly bound: ReadonlyMap<string, string>;
  readonly cooling: ReadonlyMap<string, Cooling>;
  readonly departed: readonly Departure[];
}

export const emptyBook: AddressBook = { idle: new Map(), bound: new Map(), cooling: new Map(), departed: [] };

/** The centre's word on what is idle replaces the one before, but for terms that were acknowledged as leaving. */
export function learnIdle(book: AddressBook, idle: readonly LeasedAddress[]): AddressBook {
  const usable = idle.filter((address) => !hasDeparted(book, address));
  const known = new Map(usable.map((address) => [address.ip, address]));
  const cooling = new Map(book.cooling);
  for (const [ip, { usableFromMs }] of book.cooling) {
    const fresh = known.get(ip);
    if (fresh !== undefined) cooling.set(ip, { address: fresh, usableFromMs });
  }
  return { ...book, idle: known, cooling };
}

/** After a Sync the agent forgets every departure that is not under way any more. */
export function forgetDepartures(book: AddressBook, underWay: readonly Departure[]): AddressBook {
  return { ...book, departed: book.departed.filter((departure) => includes(underWay, departure)) };
}

/** Why an address that the centre granted must not be wired. */
export type Conflict = 'departed' | 'bound';

export function conflictOf(book: AddressBook, address: LeasedAddress, allocationId: string): Conflict | undefined {
  if (hasDeparted(book, address)) return 'departed';
  const holder = book.bound.get(address.ip);
  return holder === undefined || holder === allocationId ? undefined : 'bound';
}

/** Takes an address without a conflict. It is nobody else's from here on. */
export function bind(book: AddressBook, ip: string, allocationId: string): AddressBook {
  return {
    ...book,
    bound: new Map(book.bound).set(ip, allocationId),
    cooling: new Map([...book.cooling].filter(([cooling]) => cooling !== ip)),
  };
}

/** The allocation holds nothing any more; its address rests until `usableFromMs`. */
export function release(
  book: AddressBook,
  address: LeasedAddress,
  allocationId: string,
  usableFromMs: number,
): AddressBook {
  if (book.bound.get(address.ip) !== allocationId) return book;
  return {
    ...book,
    bound: new Map([...book.bound].filter(([ip]) => ip !== address.ip)),
    cooling: new Map(book.cooling).set(address.ip, { address, usableFromMs }),
  };
}

/** Addresses that a pod may start on without the centre: those idle longest first, then those that have cooled. */
export function usableOffline(book: AddressBook, nowMs: number): readonly LeasedAddress[] {
  const rests = (ip: string): boolean => (book.cooling.get(ip)?.usableFromMs ?? nowMs) > nowMs;
  const cooled = [...book.cooling.values()].map(({ address }) => address).filter(({ ip }) => !book.idle.has(ip));
  return [...book.idle.values(), ...cooled].filter(
    (address) => !book.bound.has(address.ip) && !rests(address.ip) && !hasDeparted(book, address),
  );
}

/**
 * Promises to let addresses go. One that is bound, or that the kernel shows in use, is not promised. The promise counts
 * when the book is on disk.
 */
export function depart(
  book: AddressBook,
  asked: readonly Departure[],
  wired: ReadonlySet<string>,
): { readonly book: AddressBook; readonly acknowledged: readonly Departure[] } {
  const acknowledged = asked.filter(
    (departure) => !book.bound.has(departure.ip) && !wired.has(departure.ip) && !includes(book.departed, departure),
  );
  if (acknowledged.length === 0) return { book, acknowledged };
  const leaving = new Set(acknowledged.map(({ ip }) => ip));
  const staying = <V>(map: ReadonlyMap<string, V>): ReadonlyMap<string, V> =>
    new Map([...map].filter(([ip]) => !leaving.has(ip)));
  return {
    book: {
      ...book,
      idle: staying(book.idle),
      cooling: staying(book.cooling),
      departed: [...book.departed, ...acknowledged],
    },
    acknowledged,
  };
}

function hasDeparted(book: AddressBook, address: LeasedAddress): boolean {
  return includes(book.departed, address);
}

function includes(departures: readonly Departure[], { ip, term }: Departure): boolean {
  return departures.some((departure) => departure.ip === ip && departure.term === term);
}
