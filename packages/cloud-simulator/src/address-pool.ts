import { formatIpv4, parseIpv4, type Ipv4Range } from './ipv4.js';
import { integerBelow, type Random } from './random.js';

/**
 * The addresses of one vSwitch. The network address and the last three are nobody's (the gateway is the third from the
 * end); of the others each is free or has one holder: an ENI's id, `foreign` or `releasing`.
 */
export interface AddressPool extends Ipv4Range {
  /** Offset from `base` -> holder. */
  readonly holders: Map<number, string>;
}

/** Held by another product that draws from the same vSwitch. */
export const foreign = 'foreign';
/** Given back, but not yet handed out again. */
export const releasing = 'releasing';

const firstUsable = 1;
const reservedAddresses = 4;

export function poolOf(range: Ipv4Range): AddressPool {
  return { ...range, holders: new Map() };
}

export function usableAddresses(pool: AddressPool): number {
  return pool.size - reservedAddresses;
}

export function freeAddresses(pool: AddressPool): number {
  return usableAddresses(pool) - pool.holders.size;
}

export function gatewayOf(pool: AddressPool): string {
  return formatIpv4(pool.base + pool.size - 3);
}

/** @returns undefined when the address is reserved or outside the range */
export function offsetOf(pool: AddressPool, ip: string): number | undefined {
  const value = parseIpv4(ip);
  if (value === undefined) return undefined;
  const offset = value - pool.base;
  return offset >= firstUsable && offset < firstUsable + usableAddresses(pool) ? offset : undefined;
}

export function addressAt(pool: AddressPool, offset: number): string {
  return formatIpv4(pool.base + offset);
}

/**
 * Takes addresses at random among the free ones, as the real cloud does.
 * @returns undefined, with nothing taken, when fewer than `count` are free
 */
export function takeAny(pool: AddressPool, count: number, holder: string, random: Random): string[] | undefined {
  if (freeAddresses(pool) < count) return undefined;
  const probing = freeAddresses(pool) - count > usableAddresses(pool) / 2;
  const offsets = probing ? probe(pool, count, random) : drawFromFree(pool, count, random);
  for (const offset of offsets) pool.holders.set(offset, holder);
  return offsets.map((offset) => addressAt(pool, offset));
}

/** Quick while at least half of the range is free. */
function probe(pool: AddressPool, count: number, random: Random): number[] {
  const drawn = new Set<number>();
  while (drawn.size < count) {
    const offset = firstUsable + integerBelow(usableAddresses(pool), random);
    if (!pool.holders.has(offset)) drawn.add(offset);
  }
  return [...drawn];
}

function drawFromFree(pool: AddressPool, count: number, random: Random): number[] {
  const free: number[] = [];
  for (let offset = firstUsable; offset < firstUsable + usableAddresses(pool); offset++) {
    if (!pool.holders.has(offset)) free.push(offset);
  }
  return Array.from({ length: count }, () => {
    const [offset = 0] = free.splice(integerBelow(free.length, random), 1);
    return offset;
  });
}
