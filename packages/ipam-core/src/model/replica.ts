import type { IntentResult, ListedEni } from '../command.js';
import type { Intent } from '../intent.js';
import type { NodeRecord } from '../record.js';
import { execute, vSwitch, type Call, type SentCall } from './cloud.js';
import { apply, fresh, modelTimes, type World } from './world.js';

/** A replica that refills one node; what it holds may be old, since it can pause between any two of its steps. */
export interface ModelReplica {
  readonly token: string;
  readonly node: string;
  view: NodeRecord | undefined;
  listing: { readonly beganAtMs: number; readonly enis: readonly ListedEni[] } | undefined;
  readonly settles: { readonly intentId: string; readonly result: IntentResult }[];
}

export const limits = { instanceType: 't', zoneId: 'zone-1', vpcId: 'vpc-1', vSwitchId: 'vsw-1', securityGroupIds: [] };

export function claim(world: World, replica: ModelReplica): void {
  const reply = apply(world, replica.node, { kind: 'claim', token: replica.token });
  replica.view = reply.ok ? reply.value : undefined;
  if (!reply.ok || reply.value.limits !== undefined) return;
  const guard = { token: replica.token, generation: reply.value.generation };
  const set = { kind: 'set-limits', guard, limits: { ...limits, enis: 3, ipsPerEni: 3 } } as const;
  look(replica, apply(world, replica.node, set));
}

export function beginListing(world: World, replica: ModelReplica): void {
  const mine = [...world.cloud.enis.values()].filter(({ node }) => node === replica.node);
  const enis = mine.map(({ eniId, mac, primaryIp, ips }) => ({
    ...vSwitch,
    eniId,
    mac,
    primaryIp,
    ips: [...ips],
    status: 'in-use' as const,
  }));
  replica.listing = { beganAtMs: world.nowMs, enis };
}

export function commitListing(world: World, replica: ModelReplica): void {
  const { view, listing, token } = replica;
  replica.listing = undefined;
  if (view === undefined || listing === undefined) return;
  const guard = { token, generation: view.generation };
  look(replica, apply(world, replica.node, { kind: 'listing', guard, ...listing, seed: fresh(world, 'term') }));
}

export function plan(world: World, replica: ModelReplica, minIdle: number, maxIdle: number): void {
  const { view, token, node } = replica;
  if (view?.limits === undefined) return;
  const free = world.cloud.free.length;
  const supply = { ...vSwitch, size: 8, free, reserved: 0, fullUntilMs: 0 };
  const policy = { minIdle, maxIdle, offlineReserve: 0, vSwitchPolicy: 'most' } as const;
  const pool = { record: view, limits: view.limits, vSwitches: [supply] };
  const guard = { token, generation: view.generation };
  for (const action of world.core.planPool(pool, policy, () => 0, world.nowMs).actions) {
    if (action.kind === 'depart') look(replica, apply(world, node, { ...action, guard }));
    else if (action.kind === 'cancel-departure') {
      look(replica, apply(world, node, { ...action, guard, seed: fresh(world, 'term') }));
    } else {
      const intent = { ...action, id: fresh(world, 'intent') };
      apply(world, node, { kind: 'open-intent', guard, intent });
    }
  }
}

/** The next thing to do for one open intent: a call, or the end that reading the cloud shows. */
export function drive(world: World, replica: ModelReplica, intent: Intent): void {
  const { token, view, node } = replica;
  if (view === undefined) return;
  const next = nextFor(world, intent, node);
  if (next === undefined) return;
  if ('result' in next) {
    replica.settles.push({ intentId: intent.id, result: next.result });
    return;
  }
  const guard = { token, generation: view.generation };
  const mark = { kind: 'mark-sent', guard, intentId: intent.id, attempt: 1, paramsHash: 'p' } as const;
  const reply = apply(world, node, mark);
  if (!reply.ok) return;
  world.cloud.inFlight.push({ node, intentId: intent.id, call: next.call, sentAtMs: world.nowMs });
}

type Next = { readonly call: Call } | { readonly result: IntentResult } | undefined;

function nextFor(world: World, intent: Intent, node: string): Next {
  const { enis } = world.cloud;
  const settled = world.nowMs >= intent.lastSentAtMs + modelTimes.boundMs;
  const eni = enis.get(intent.eniId);
  switch (intent.kind) {
    case 'create-eni': {
      if (intent.phase === 'attach') {
        return eni?.node === node
          ? { result: { kind: 'attach-requested' } }
          : { call: { kind: 'attach', eniId: intent.eniId } };
      }
      if (intent.phase === 'await-in-use') return undefined;
      const made = [...enis.values()].find(({ token }) => token === intent.id);
      if (intent.sends > 0 && made !== undefined) return { result: createdResult(made, made.ips) };
      if (intent.sends > 0 && settled) return { result: { kind: 'abandoned' } };
      return { call: { kind: 'create', secondaries: intent.secondaryAddresses, token: intent.id } };
    }
    case 'assign': {
      if (intent.sends === 0)
        return { call: { kind: 'assign', eniId: intent.eniId, count: intent.count, token: intent.id } };
      if (!settled) return undefined;
      const ips = (eni?.ips ?? []).filter((ip) => !intent.before.includes(ip));
      return { result: ips.length > 0 ? { kind: 'assigned', ips } : { kind: 'abandoned' } };
    }
    case 'unassign': {
      const there = intent.ips.filter((ip) => eni?.ips.includes(ip));
      if (there.length === 0) return { result: { kind: 'unassigned' } };
      return { call: { kind: 'unassign', eniId: intent.eniId, ips: there } };
    }
    case 'remove-eni': {
      if (eni === undefined) return { result: { kind: 'gone' } };
      if (eni.node !== '') return { call: { kind: 'detach', eniId: intent.eniId } };
      if (intent.phase === 'detach' || intent.phase === 'await-available') return { result: { kind: 'detached' } };
      return { call: { kind: 'delete', eniId: intent.eniId } };
    }
  }
}

function createdResult(
  eni: { readonly eniId: string; readonly mac: string; readonly primaryIp: string },
  ips: readonly string[],
): IntentResult {
  const { eniId, mac, primaryIp } = eni;
  return { kind: 'created', eni: { ...vSwitch, eniId, mac, primaryIp }, ips: [...ips] };
}

/** The cloud carries a call out; whether the replica that asked hears of it is another matter. */
export function carryOut(world: World, sent: SentCall, asker: ModelReplica | undefined): void {
  const done = execute(world.cloud, sent, world.pick);
  if (asker === undefined || !done.ok) return;
  const result = heard(sent, done);
  if (result !== undefined) asker.settles.push({ intentId: sent.intentId, result });
}

function heard({ call }: SentCall, done: ReturnType<typeof execute>): IntentResult | undefined {
  switch (call.kind) {
    case 'create':
      return done.eni === undefined ? undefined : createdResult(done.eni, done.ips ?? []);
    case 'attach':
      return { kind: 'attach-requested' };
    case 'assign':
      return { kind: 'assigned', ips: done.ips ?? [] };
    case 'unassign':
      return { kind: 'unassigned' };
    case 'detach':
      return { kind: 'detach-requested' };
    case 'delete':
      return { kind: 'delete-requested' };
  }
}

export function settleNext(world: World, replica: ModelReplica): void {
  const next = replica.settles.shift();
  const { view, token, node } = replica;
  if (next === undefined || view === undefined) return;
  const guard = { token, generation: view.generation };
  look(replica, apply(world, node, { kind: 'settle', guard, ...next, seed: fresh(world, 'term') }));
}

function look(replica: ModelReplica, reply: { readonly ok: boolean; readonly value?: NodeRecord }): void {
  if (reply.ok && reply.value !== undefined) replica.view = reply.value;
}
