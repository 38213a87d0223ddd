import { sample } from './distribution.js';
import { isSettled, laggedFrom, seenAt, written } from './lagged.js';
import { linkEventsBetween } from './link-event.js';
import type { Eni, EniRow, World } from './world.js';

/** The ENI as it truly is. */
export function eniOf(world: World, eniId: string): Eni | undefined {
  return world.enis.get(eniId)?.truth;
}

/** Every ENI that exists, in the order of creation. */
export function allEnis(world: World): readonly Eni[] {
  return [...world.enis.values()].flatMap(({ truth }) => (truth ? [truth] : []));
}

/** The ENIs of an instance, from Attaching to Detaching, by device index. */
export function enisOn(world: World, instanceId: string): readonly Eni[] {
  return [...(world.enisOn.get(instanceId) ?? [])]
    .flatMap((eniId) => eniOf(world, eniId) ?? [])
    .toSorted((one, other) => deviceIndex(one) - deviceIndex(other));
}

/**
 * The only two ways to change an ENI. Every count that depends on ENIs is kept here, from the difference between the
 * record before and the record after.
 */
export function writeEni(world: World, eni: Eni, nowMs: number): Eni {
  replace(world, eni.id, eni, nowMs);
  return eni;
}

export function removeEni(world: World, eniId: string, nowMs: number): void {
  replace(world, eniId, undefined, nowMs);
}

function replace(world: World, eniId: string, after: Eni | undefined, nowMs: number): void {
  const row = world.enis.get(eniId);
  const before = row?.truth;
  keepRow(world, eniId, nextRow(world, row, after, nowMs), nowMs);
  world.eniCount += (after ? 1 : 0) - (before ? 1 : 0);
  countAddresses(world, before, -1);
  countAddresses(world, after, 1);
  indexByInstance(world, before, after);
  world.touched.add(eniId);
  if (after?.transition && after.transition !== before?.transition && Number.isFinite(after.transition.dueMs)) {
    world.due.push(after.transition.dueMs, { kind: 'transition', eniId });
  }
  for (const event of linkEventsBetween(before, after, nowMs)) world.onLink(event);
}

function nextRow(world: World, row: EniRow | undefined, truth: Eni | undefined, nowMs: number): EniRow {
  const { lag } = world.knobs;
  const { listed, metadata } = row ?? { listed: laggedFrom(undefined), metadata: laggedFrom(undefined) };
  return {
    truth,
    listed: written(listed, truth, nowMs, sample(lag.eni, world.random.lag)),
    metadata: written(metadata, truth, nowMs, sample(lag.metadata, world.random.lag)),
  };
}

/** A row of a deleted ENI stays while somebody still sees it. */
function keepRow(world: World, eniId: string, row: EniRow, nowMs: number): void {
  const settled = isSettled(row.listed, nowMs) && isSettled(row.metadata, nowMs);
  if (settled) world.lagging.delete(eniId);
  else world.lagging.add(eniId);
  if (settled && !row.truth) world.enis.delete(eniId);
  else world.enis.set(eniId, row);
}

/** Narrows a listing beforehand, so that it need not look at every ENI. */
export interface ListingHint {
  readonly eniIds?: readonly string[];
  readonly instanceId?: string;
}

/**
 * ENIs as Describe or the metadata service shows them now, in the order of creation: all that fit the hint, and maybe
 * others.
 */
export function enisAsSeen(
  world: World,
  view: 'listed' | 'metadata',
  nowMs: number,
  hint: ListingHint = {},
): readonly Eni[] {
  forgetWhatNobodySees(world, nowMs);
  const narrowed = candidates(world, hint);
  const seen: Eni[] = [];
  for (const row of narrowed ?? world.enis.values()) {
    const eni = seenAt(row[view], nowMs);
    if (eni) seen.push(eni);
  }
  return narrowed ? seen.toSorted((one, other) => one.order - other.order) : seen;
}

function forgetWhatNobodySees(world: World, nowMs: number): void {
  for (const eniId of world.lagging) {
    const row = world.enis.get(eniId);
    if (row) keepRow(world, eniId, row, nowMs);
  }
}

/** An ENI that is seen late may still be seen on an instance that it has left. */
function candidates(world: World, { eniIds, instanceId }: ListingHint): readonly EniRow[] | undefined {
  const ids =
    eniIds ?? (instanceId === undefined ? undefined : [...(world.enisOn.get(instanceId) ?? []), ...world.lagging]);
  return ids && [...new Set(ids)].flatMap((eniId) => world.enis.get(eniId) ?? []);
}

function countAddresses(world: World, eni: Eni | undefined, sign: 1 | -1): void {
  if (!eni) return;
  const counted = [world.vpcs.get(eni.vpcId), ...eni.securityGroupIds.map((id) => world.securityGroups.get(id))];
  for (const item of counted) {
    if (item) item.usedAddresses += sign * eni.ips.length;
  }
}

function indexByInstance(world: World, before: Eni | undefined, after: Eni | undefined): void {
  const [was, is] = [before?.attachment?.instanceId, after?.attachment?.instanceId];
  if (was === is) return;
  if (before && was)
    world.enisOn.set(was, new Set([...(world.enisOn.get(was) ?? [])].filter((id) => id !== before.id)));
  if (after && is) world.enisOn.set(is, new Set([...(world.enisOn.get(is) ?? []), after.id]));
}

function deviceIndex(eni: Eni): number {
  return eni.attachment?.deviceIndex ?? -1;
}
