import { freeAddressesAgain, giveBackAddresses } from './address-book.js';
import { cloudError } from './cloud-error.js';
import { sample } from './distribution.js';
import { enisOn, eniOf, removeEni, writeEni } from './eni-book.js';
import type { Due, Eni, EniStatus, Moment, Transition, World } from './world.js';

/** From which states the cloud takes each call. A stuck detachment or deletion is cured by the same call again. */
const accepts = {
  attach: ['Available'],
  detach: ['InUse', 'Detaching'],
  delete: ['Available', 'Deleting'],
  'change addresses': ['Available', 'InUse'],
} as const satisfies Record<string, readonly EniStatus[]>;

/** @throws CloudError `InvalidOperation.InvalidEniState` */
export function requireState(eni: Eni, operation: keyof typeof accepts): void {
  const states: readonly EniStatus[] = accepts[operation];
  if (states.includes(eni.status)) return;
  throw cloudError(
    'InvalidOperation.InvalidEniState',
    `To ${operation}, "${eni.id}" must be ${states.join(' or ')}, but is ${eni.status}.`,
  );
}

export function beginAttach(world: World, eni: Eni, instanceId: string, at: Moment): void {
  const attachment = { instanceId, deviceIndex: lowestFreeIndex(enisOn(world, instanceId)) };
  writeEni(world, { ...eni, status: 'Attaching', attachment, transition: begun(world, 'attach', at) }, at.nowMs);
}

export function beginDetach(world: World, eni: Eni, at: Moment): void {
  writeEni(world, { ...eni, status: 'Detaching', transition: begun(world, 'detach', at) }, at.nowMs);
}

export function beginDelete(world: World, eni: Eni, at: Moment): void {
  writeEni(world, { ...eni, status: 'Deleting', transition: begun(world, 'delete', at) }, at.nowMs);
}

/** Makes everything happen that is due at `nowMs`, each at its own moment. */
export function settle(world: World, nowMs: number): void {
  for (let due = world.due.takeDue(nowMs); due; due = world.due.takeDue(nowMs)) {
    happen(world, due.item, due.atMs);
  }
}

/** Takes an ENI from its instance at once, whatever state it is in. */
export function unplug(world: World, eni: Eni, nowMs: number): void {
  writeEni(world, { ...eni, status: 'Available', attachment: undefined, transition: undefined }, nowMs);
}

/** Deletes an ENI at once, whatever state it is in. */
export function vanish(world: World, eni: Eni, nowMs: number): void {
  removeEni(world, eni.id, nowMs);
  giveBackAddresses(world, eni.vSwitchId, eni.ips, nowMs);
}

function begun(world: World, kind: Transition['kind'], { nowMs, twist }: Moment): Transition {
  const durationMs = sample(world.knobs.duration[kind], world.random.durations);
  const dueMs =
    twist.transition === 'stuck'
      ? Number.POSITIVE_INFINITY
      : nowMs + durationMs * (twist.slowdown ?? 1) + (twist.extraMs ?? 0);
  return { kind, dueMs, fails: kind === 'attach' && twist.transition === 'fails' };
}

function happen(world: World, due: Due, atMs: number): void {
  if (due.kind === 'release') {
    const vSwitch = world.vSwitches.get(due.vSwitchId);
    if (vSwitch) freeAddressesAgain(world, vSwitch, due.ips, atMs);
    return;
  }
  const eni = eniOf(world, due.eniId);
  // a transition that was begun again, or overtaken by other hands, has another moment
  if (eni?.transition?.dueMs === atMs) complete(world, eni, eni.transition, atMs);
}

function complete(world: World, eni: Eni, { kind, fails }: Transition, atMs: number): void {
  if (kind === 'delete') return vanish(world, eni, atMs);
  if (kind === 'detach' || fails) return unplug(world, eni, atMs);
  writeEni(world, { ...eni, status: 'InUse', transition: undefined }, atMs);
}

function lowestFreeIndex(enis: readonly Eni[]): number {
  const taken = new Set(enis.map((eni) => eni.attachment?.deviceIndex));
  let index = 1;
  while (taken.has(index)) index++;
  return index;
}
