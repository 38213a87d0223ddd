import { addressAt, foreign, freeAddresses, offsetOf, releasing, takeAny, usableAddresses } from './address-pool.js';
import { sample } from './distribution.js';
import { written } from './lagged.js';
import type { VSwitch, World } from './world.js';

/** @returns undefined, with nothing taken, when the vSwitch has fewer free addresses */
export function takeAddresses(
  world: World,
  vSwitch: VSwitch,
  wanted: { readonly count: number; readonly eniId: string },
  nowMs: number,
): readonly string[] | undefined {
  const ips = takeAny(vSwitch.pool, wanted.count, wanted.eniId, world.random.addresses);
  if (ips) showFree(world, vSwitch, nowMs);
  return ips;
}

/** Takes addresses that were found free before. */
export function takeGivenAddresses(
  world: World,
  vSwitch: VSwitch,
  wanted: { readonly ips: readonly string[]; readonly eniId: string },
  nowMs: number,
): void {
  for (const ip of wanted.ips) {
    const offset = offsetOf(vSwitch.pool, ip);
    if (offset !== undefined) vSwitch.pool.holders.set(offset, wanted.eniId);
  }
  showFree(world, vSwitch, nowMs);
}

/** They can be handed out again after the knob's delay. */
export function giveBackAddresses(world: World, vSwitchId: string, ips: readonly string[], nowMs: number): void {
  const delayMs = world.knobs.addressReleaseDelayMs;
  const vSwitch = world.vSwitches.get(vSwitchId);
  if (!vSwitch) return;
  if (delayMs === 0) return freeAddressesAgain(world, vSwitch, ips, nowMs);
  for (const ip of ips) {
    const offset = offsetOf(vSwitch.pool, ip);
    if (offset !== undefined) vSwitch.pool.holders.set(offset, releasing);
  }
  world.due.push(nowMs + delayMs, { kind: 'release', vSwitchId, ips });
}

export function freeAddressesAgain(world: World, vSwitch: VSwitch, ips: readonly string[], nowMs: number): void {
  for (const ip of ips) {
    const offset = offsetOf(vSwitch.pool, ip);
    if (offset !== undefined) vSwitch.pool.holders.delete(offset);
  }
  showFree(world, vSwitch, nowMs);
}

/**
 * Lets another product take addresses of the vSwitch, or give its own back, until `free` are left.
 * @returns how many are free afterwards: addresses of ENIs are not touched, so there may be fewer
 */
export function setFreeAddresses(world: World, vSwitch: VSwitch, free: number, nowMs: number): number {
  const { pool } = vSwitch;
  const wanted = Math.min(free, usableAddresses(pool));
  const surplus = freeAddresses(pool) - wanted;
  if (surplus > 0) takeAny(pool, surplus, foreign, world.random.addresses);
  for (const [offset, holder] of pool.holders) {
    if (freeAddresses(pool) >= wanted) break;
    if (holder === foreign) pool.holders.delete(offset);
  }
  showFree(world, vSwitch, nowMs);
  return freeAddresses(pool);
}

export function foreignAddresses(vSwitch: VSwitch): readonly string[] {
  return [...vSwitch.pool.holders].flatMap(([offset, holder]) =>
    holder === foreign ? [addressAt(vSwitch.pool, offset)] : [],
  );
}

function showFree(world: World, vSwitch: VSwitch, nowMs: number): void {
  const lagMs = sample(world.knobs.lag.vSwitchCount, world.random.lag);
  vSwitch.shownFree = written(vSwitch.shownFree, freeAddresses(vSwitch.pool), nowMs, lagMs);
}
