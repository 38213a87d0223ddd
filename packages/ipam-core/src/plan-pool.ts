import type { Address } from './address.js';
import { addressesOf } from './draft.js';
import type { Eni, NodeLimits } from './eni.js';
import { expectedAddresses } from './intent.js';
import type { NodeRecord, Obstacle } from './record.js';
import { planDeparture, planRemoval } from './plan-shrink.js';
import { addressesPerCall, attachesAtOnce, secondariesPerCreate, type PoolAction } from './pool-action.js';
import { usableAddresses } from './usable.js';
import { chooseVSwitch, freeAddresses, openVSwitches, type VSwitchPolicy, type VSwitchSupply } from './vswitch.js';

/** Idle addresses that a node keeps; all counts are addresses. */
export interface PoolPolicy {
  /** Low watermark: `min_pool_size`. */
  readonly minIdle: number;
  /** High watermark: `max_pool_size`. */
  readonly maxIdle: number;
  /** Floor under the low watermark, so that pods can start while the centre is away. */
  readonly offlineReserve: number;
  readonly vSwitchPolicy: VSwitchPolicy;
}

export interface PoolPlan {
  readonly actions: readonly PoolAction[];
  /** What keeps the pool from growing as it should; undefined when nothing does. */
  readonly obstacle: Pick<Obstacle, 'reason' | 'message' | 'details'> | undefined;
}

/** A hot-plugged ENI shows in the node's kernel well within this time. */
const unseenMs = 30_000;

export interface PoolView {
  readonly record: NodeRecord;
  readonly limits: NodeLimits;
  /** The vSwitches that the configuration names for the node's zone. */
  readonly vSwitches: readonly VSwitchSupply[];
}

/**
 * What the node should gain or give back: a function of what it holds, of who waits and of what there is to be had.
 * What is on its way counts as there, or every pass would ask again; what cools does not.
 */
export function planPool(view: PoolView, policy: PoolPolicy, random01: () => number, nowMs: number): PoolPlan {
  const { record } = view;
  const nothing: PoolPlan = { actions: [], obstacle: undefined };
  if (record.recovery !== undefined || record.frozenUntilMs > nowMs) return nothing;
  const low = Math.max(policy.minIdle, policy.offlineReserve);
  const idle = usableAddresses(record, nowMs).length;
  const coming =
    [...record.addresses.values()].filter(({ state }) => state.kind === 'assigning').length +
    [...record.intents.values()].reduce((sum, intent) => sum + expectedAddresses(intent), 0);
  const waiting = [...record.demand.values()].filter(({ untilMs }) => untilMs > nowMs).length;

  const lacking = waiting + low - idle - coming;
  const removals = planRemoval(record);
  if (lacking > 0) {
    const growth = planGrowth(view, policy, lacking, random01, nowMs);
    return { actions: [...growth.actions, ...removals], obstacle: growth.obstacle ?? unseenEni(view, nowMs) };
  }
  const surplus = idle - waiting - Math.max(policy.maxIdle, low);
  const obstacle = waiting > idle ? unseenEni(view, nowMs) : undefined;
  return { actions: [...removals, ...planDeparture(record, surplus, nowMs)], obstacle };
}

/** What was to leave stays; then the ENIs that are there are filled; then new ones are created. */
function planGrowth(
  view: PoolView,
  policy: PoolPolicy,
  lacking: number,
  random01: () => number,
  nowMs: number,
): PoolPlan {
  const actions: PoolAction[] = [];
  let left = lacking;

  const departing = [...view.record.addresses.values()].filter(({ state }) => state.kind === 'departing');
  const kept = departing.slice(0, left).map(({ ip }) => ip);
  if (kept.length > 0) actions.push({ kind: 'cancel-departure', ips: kept });
  left -= kept.length;

  const full = new Set(view.vSwitches.filter((v) => v.fullUntilMs > nowMs).map((v) => v.vSwitchId));
  for (const eni of fillable(view)) {
    if (left <= 0) break;
    if (full.has(eni.vSwitchId)) continue;
    const count = Math.min(room(view, eni), left, addressesPerCall);
    if (count > 0) actions.push({ kind: 'assign', eniId: eni.eniId, count });
    left -= count;
  }

  const taken = takenSlots(view.record);
  let slots = Math.min(view.limits.enis - 1 - taken.all, attachesAtOnce - taken.onTheirWay);
  let obstacle: PoolPlan['obstacle'];
  let supply = view.vSwitches;
  while (left > 0 && slots > 0) {
    const wanted = Math.min(left, view.limits.ipsPerEni, secondariesPerCreate + 1);
    const open = candidatesFor(supply, wanted, nowMs);
    const candidates = open.length > 0 || actions.length > 0 ? open : perhapsOpen(supply, nowMs);
    const vSwitch = chooseVSwitch(candidates, policy.vSwitchPolicy, random01());
    if (vSwitch === undefined) {
      obstacle = noVSwitch(view, nowMs);
      break;
    }
    const addresses = Math.min(wanted, freeAddresses(vSwitch) || vSwitch.free);
    actions.push({ kind: 'create-eni', vSwitchId: vSwitch.vSwitchId, secondaryAddresses: addresses - 1 });
    supply = supply.map((v) => (v.vSwitchId === vSwitch.vSwitchId ? { ...v, free: v.free - addresses } : v));
    left -= addresses;
    slots -= 1;
  }
  if (left > 0 && obstacle === undefined && taken.all >= view.limits.enis - 1 && actions.length === 0) {
    obstacle = noSlot(view, full);
  }
  return { actions, obstacle };
}

/** vSwitches with room for all that is wanted, else for some of it. */
function candidatesFor(supply: readonly VSwitchSupply[], wanted: number, nowMs: number): readonly VSwitchSupply[] {
  const roomy = openVSwitches(supply, wanted, nowMs);
  return roomy.length > 0 ? roomy : openVSwitches(supply, 1, nowMs);
}

/**
 * Where reservations leave nothing of what the cloud has counted, the count may show them already: the cloud is asked,
 * which at worst refuses.
 */
function perhapsOpen(supply: readonly VSwitchSupply[], nowMs: number): readonly VSwitchSupply[] {
  return supply.filter(({ free, fullUntilMs }) => free > 0 && fullUntilMs <= nowMs);
}

/** ENIs that can take another address: the fullest first, so that the emptiest may leave one day. */
function fillable({ record }: PoolView): Eni[] {
  const busy = new Set([...record.intents.values()].map(({ eniId }) => eniId));
  const leavesSoon = ({ primary, state }: Address): boolean => primary && state.kind === 'unassigning';
  return [...record.enis.values()]
    .filter(
      ({ eniId, status }) => status === 'in-use' && !busy.has(eniId) && !addressesOf(record, eniId).some(leavesSoon),
    )
    .sort((a, b) => addressesOf(record, b.eniId).length - addressesOf(record, a.eniId).length);
}

function room({ record, limits }: PoolView, eni: Eni): number {
  return Math.max(0, limits.ipsPerEni - addressesOf(record, eni.eniId).length);
}

function takenSlots(record: NodeRecord): { readonly all: number; readonly onTheirWay: number } {
  const creating = [...record.intents.values()].filter((i) => i.kind === 'create-eni' && i.eniId === '').length;
  const attaching = [...record.enis.values()].filter(
    ({ status }) => status === 'created' || status === 'attaching',
  ).length;
  return { all: record.enis.size + creating, onTheirWay: creating + attaching };
}

/** The cloud has attached an ENI, and the node does not see it: its addresses never become idle. */
function unseenEni({ record }: PoolView, nowMs: number): PoolPlan['obstacle'] {
  const unseen = [...record.enis.values()].find(
    ({ status, seen, sinceMs }) => status === 'in-use' && !seen && nowMs - sinceMs >= unseenMs,
  );
  if (unseen === undefined) return undefined;
  const { eniId, mac } = unseen;
  return {
    reason: 'pool-exhausted',
    message: `the cloud shows ${eniId} attached, and the node has no link with its MAC ${mac}`,
    details: { eni_id: eniId, mac },
  };
}

function noVSwitch({ limits, vSwitches }: PoolView, nowMs: number): PoolPlan['obstacle'] {
  const named = vSwitches.map(({ vSwitchId }) => vSwitchId).join(',');
  const fullOnes = vSwitches.filter(({ fullUntilMs }) => fullUntilMs > nowMs).length;
  return {
    reason: 'vswitch-exhausted',
    message:
      vSwitches.length === 0
        ? `no vSwitch is configured for zone ${limits.zoneId}`
        : `no vSwitch of zone ${limits.zoneId} has a free address`,
    details: { zone_id: limits.zoneId, vswitch_id: named, full: String(fullOnes) },
  };
}

function noSlot(view: PoolView, full: ReadonlySet<string>): PoolPlan['obstacle'] {
  const stuck = [...view.record.enis.values()].some((eni) => full.has(eni.vSwitchId) && room(view, eni) > 0);
  if (stuck) {
    const vswitches = [...full].join(',');
    return {
      reason: 'vswitch-exhausted',
      message: `every ENI with room left is in a full vSwitch (${vswitches})`,
      details: { zone_id: view.limits.zoneId, vswitch_id: vswitches },
    };
  }
  const { enis, ipsPerEni, instanceType } = view.limits;
  return {
    reason: 'eni-limit-reached',
    message: `${instanceType} carries ${enis - 1} ENIs of ${ipsPerEni} addresses for pods, and all are taken`,
    details: { instance_type: instanceType, enis: String(enis), ips_per_eni: String(ipsPerEni) },
  };
}
