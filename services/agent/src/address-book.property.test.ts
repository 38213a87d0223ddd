import fc from 'fast-check';
import {
  type AddressBook,
  bind,
  conflictOf,
  depart,
  emptyBook,
  forgetDepartures,
  learnIdle,
  release,
  usableOffline,
} from './address-book.js';
import type { Departure, LeasedAddress } from './leased-address.js';

const cooldownMs = 1_000;

/** What happens to a book, over three addresses and two terms of each. */
type Event =
  | { readonly kind: 'learn'; readonly idle: readonly LeasedAddress[] }
  | { readonly kind: 'grant'; readonly address: LeasedAddress; readonly allocation: string }
  | { readonly kind: 'bind-offline'; readonly allocation: string }
  | { readonly kind: 'release'; readonly allocation: string }
  | { readonly kind: 'depart'; readonly asked: readonly Departure[]; readonly wired: readonly string[] }
  | { readonly kind: 'forget'; readonly underWay: readonly Departure[] }
  | { readonly kind: 'wait'; readonly ms: number };

const ips = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
const departure = fc.record({ ip: fc.constantFrom(...ips), term: fc.constantFrom('t1', 't2') });
const address = departure.map(addressOf);
const allocation = fc.constantFrom('a', 'b', 'c', 'd');
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('learn' as const), idle: fc.uniqueArray(address, { selector: ({ ip }) => ip }) }),
  fc.record({ kind: fc.constant('grant' as const), address, allocation }),
  fc.record({ kind: fc.constant('bind-offline' as const), allocation }),
  fc.record({ kind: fc.constant('release' as const), allocation }),
  fc.record({
    kind: fc.constant('depart' as const),
    asked: fc.array(departure, { maxLength: 3 }),
    wired: fc.subarray(ips),
  }),
  fc.record({ kind: fc.constant('forget' as const), underWay: fc.array(departure, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 500, cooldownMs) }),
);

/** A plain twin: who holds what, since when it may be used, and which terms were promised away. */
interface Twin {
  nowMs: number;
  readonly holders: Map<string, { allocation: string; address: LeasedAddress }>;
  readonly releasedAtMs: Map<string, number>;
  promised: readonly Departure[];
}

describe('the address book', () => {
  it('never gives an address twice, nor a term that it promised to let go, nor a warm address', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const twin: Twin = { nowMs: 0, holders: new Map(), releasedAtMs: new Map(), promised: [] };
        events.reduce((book, next) => apply(book, next, twin), emptyBook);
      }),
      { seed: 20_261, numRuns: 2_000 },
    );
  });

  it('promises only what nobody holds', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), departure, (events, asked) => {
        const twin: Twin = { nowMs: 0, holders: new Map(), releasedAtMs: new Map(), promised: [] };
        const book = events.reduce((before, next) => apply(before, next, twin), emptyBook);
        const { acknowledged } = depart(book, [asked], new Set());
        expect(acknowledged.length === 1 && twin.holders.has(asked.ip)).toBe(false);
      }),
      { seed: 20_262, numRuns: 500 },
    );
  });
});

function apply(book: AddressBook, next: Event, twin: Twin): AddressBook {
  switch (next.kind) {
    case 'learn':
      return learnIdle(book, next.idle);
    case 'grant':
      if (conflictOf(book, next.address, next.allocation) !== undefined) return book;
      return take(book, next.address, next.allocation, twin, 'granted');
    case 'bind-offline': {
      const [chosen] = usableOffline(book, twin.nowMs);
      return chosen === undefined ? book : take(book, chosen, next.allocation, twin, 'alone');
    }
    case 'release': {
      const [ip, held] = [...twin.holders].find(([, { allocation: by }]) => by === next.allocation) ?? [];
      if (ip === undefined || held === undefined) return book;
      twin.holders.delete(ip);
      twin.releasedAtMs.set(ip, twin.nowMs);
      return release(book, held.address, next.allocation, twin.nowMs + cooldownMs);
    }
    case 'depart': {
      const { book: after, acknowledged } = depart(book, next.asked, new Set(next.wired));
      for (const { ip } of acknowledged) {
        expect(twin.holders.has(ip) || next.wired.includes(ip)).toBe(false);
        twin.releasedAtMs.delete(ip);
      }
      twin.promised = [...twin.promised, ...acknowledged];
      return after;
    }
    case 'forget':
      twin.promised = twin.promised.filter(({ ip, term }) =>
        next.underWay.some((other) => other.ip === ip && other.term === term),
      );
      return forgetDepartures(book, next.underWay);
    case 'wait':
      twin.nowMs += next.ms;
      return book;
  }
}

function take(book: AddressBook, chosen: LeasedAddress, by: string, twin: Twin, how: 'granted' | 'alone'): AddressBook {
  const holder = twin.holders.get(chosen.ip);
  expect(holder === undefined || (how === 'granted' && holder.allocation === by)).toBe(true);
  expect(twin.promised).not.toContainEqual({ ip: chosen.ip, term: chosen.term });
  if (how === 'alone') {
    expect(twin.nowMs - (twin.releasedAtMs.get(chosen.ip) ?? -cooldownMs)).toBeGreaterThanOrEqual(cooldownMs);
  }
  twin.holders.set(chosen.ip, { allocation: by, address: chosen });
  twin.releasedAtMs.delete(chosen.ip);
  return bind(book, chosen.ip, by);
}

function addressOf({ ip, term }: Departure): LeasedAddress {
  const eni = { eniId: 'eni-1', eniMac: '00:16:3e:00:00:01', vswitchId: 'vsw-1', vswitchCidr: '10.0.0.0/24' };
  return { ip, term, ...eni, gateway: '10.0.0.253', zoneId: 'zone-a' };
}
