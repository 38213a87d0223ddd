import { planPool, type Intent, type NodeRecord, type Obstacle, type PoolAction, type Reply } from '@terway/ipam-core';
import { advanceAssign } from './intents/assign.js';
import { advanceCreate } from './intents/create-eni.js';
import { advanceRemoval } from './intents/remove-eni.js';
import { advanceUnassign } from './intents/unassign.js';
import type { InstanceLimits } from './instance-limits.js';
import { listedEnis } from './listing.js';
import { applyTo, PassEnded, type Pass } from './pass.js';
import { obstacleOf, refusalDetails } from './refusals.js';
import { clusterTags } from './refill-config.js';

/** A node that expects nothing is listed this often, one that does this often. */
const listingMs = { calm: 60_000, expecting: 1_000 };
/** A reservation outlives its call by so much: the cloud's count may be that old. */
const reservationMs = 120_000;

/**
 * One pass over a node: observe (limits, listing), carry on what is open, decide, act. It looks at what is, never at
 * what happened, so that a lost wake-up costs one pass and nothing else. Whenever a vSwitch turns out to be full it
 * decides anew: another one of the zone may have room.
 */
export async function refillNode(pass: Pass, claimed: NodeRecord, limitsOf: InstanceLimits): Promise<NodeRecord> {
  let record = await learnLimits(pass, claimed, limitsOf);
  if (record.limits === undefined) return record;
  await pass.parts.book.supply(record.limits.vpcId, candidateIds(pass, record), pass.signal);
  record = await takeListingIfDue(pass, record);
  await advanceAll(pass, record, [...record.intents.values()]);
  const { book } = pass.parts;
  let full: number;
  do {
    full = book.fullCount();
    await decideAndAct(pass);
  } while (book.fullCount() > full);
  return look(pass);
}

/** Begins what the plan asks for, and takes the first step of each. */
async function decideAndAct(pass: Pass): Promise<void> {
  const seen = await look(pass);
  await carryOutPlan(pass, seen);
  const record = await look(pass);
  const fresh = [...record.intents.values()].filter(({ id }) => !seen.intents.has(id));
  await advanceAll(pass, record, fresh);
}

async function learnLimits(pass: Pass, record: NodeRecord, limitsOf: InstanceLimits): Promise<NodeRecord> {
  if (record.limits !== undefined) return record;
  const answer = await limitsOf.of(pass.nodeId, pass.signal);
  const about = { instance_id: pass.nodeId };
  switch (answer.kind) {
    case 'known':
      return committed(
        await applyTo<'set-limits'>(pass, { kind: 'set-limits', guard: pass.guard, limits: answer.limits }),
      );
    case 'unknown-instance':
      pass.noteObstacle(
        { reason: 'node-unknown', message: `the cloud knows no instance ${pass.nodeId}`, details: about },
        10_000,
      );
      return record;
    case 'unknown-type': {
      const message = `the cloud does not tell the limits of ${answer.instanceType}`;
      pass.noteObstacle({ reason: 'node-unknown', message, details: about }, 10_000);
      return record;
    }
    case 'no-answer':
      pass.noteObstacle(obstacleOf(answer.outcome, about), 2_000);
      return record;
  }
}

async function takeListingIfDue(pass: Pass, record: NodeRecord): Promise<NodeRecord> {
  const { cloud, book, config, nowMs, newId } = pass.parts;
  const beganAtMs = nowMs();
  if (beganAtMs - record.listedAtMs < (expectsChange(record) ? listingMs.expecting : listingMs.calm)) return record;
  const tags = clusterTags(config().clusterId);
  const found = await cloud.listEnis({ instanceId: pass.nodeId, tags }, pass.signal);
  if (found.kind !== 'done') {
    pass.noteObstacle(obstacleOf(found, { instance_id: pass.nodeId }), 2_000);
    return record;
  }
  const enis = listedEnis(found.value, (id) => book.cidrOf(id));
  const strange = enis.find(({ cidr }) => cidr === '');
  if (strange !== undefined) {
    const cause = `it has not told the CIDR of ${strange.vSwitchId} yet`;
    pass.noteObstacle(obstacleOf({ kind: 'unknown', cause }, { vswitch_id: strange.vSwitchId }), 2_000);
    return record;
  }
  const listing = { kind: 'listing', guard: pass.guard, beganAtMs, enis, seed: newId() } as const;
  return committed(await applyTo<'listing'>(pass, listing));
}

/** Something is on its way that only a listing shows. */
export function expectsChange(record: NodeRecord): boolean {
  const attaching = [...record.enis.values()].some(({ status }) => status === 'attaching');
  return attaching || record.recovery !== undefined;
}

async function advanceAll(pass: Pass, record: NodeRecord, intents: readonly Intent[]): Promise<void> {
  const due = intents.filter(({ notBeforeMs }) => notBeforeMs <= pass.parts.nowMs());
  const results = await Promise.allSettled(due.map((intent) => advance(pass, record, intent)));
  const failed = results.filter((result): result is PromiseRejectedResult => result.status === 'rejected');
  const unexpected = failed.find(({ reason }) => !(reason instanceof PassEnded));
  if (unexpected !== undefined) throw unexpected.reason;
  if (failed[0] !== undefined) throw failed[0].reason;
}

async function advance(pass: Pass, record: NodeRecord, intent: Intent): Promise<void> {
  switch (intent.kind) {
    case 'create-eni': {
      const configured = pass.parts.config().securityGroupIds;
      const securityGroupIds = configured.length > 0 ? configured : (record.limits?.securityGroupIds ?? []);
      return advanceCreate(pass, intent, { securityGroupIds });
    }
    case 'assign':
      return advanceAssign(pass, intent, record.enis.get(intent.eniId)?.vSwitchId ?? '');
    case 'unassign':
      return advanceUnassign(pass, intent);
    case 'remove-eni':
      return advanceRemoval(pass, intent);
  }
}

async function carryOutPlan(pass: Pass, record: NodeRecord): Promise<void> {
  const { parts, signal } = pass;
  const { limits } = record;
  if (limits === undefined) return;
  const candidates = candidateIds(pass, record);
  const known = await parts.book.supply(limits.vpcId, candidates, signal);
  if (!parts.book.hasSeen(limits.vpcId)) {
    const cause = `it has not told the vSwitches of ${limits.vpcId} yet`;
    const trouble = parts.book.lastTrouble(limits.vpcId) ?? { kind: 'unknown', cause };
    pass.noteObstacle(obstacleOf(trouble, { vpc_id: limits.vpcId }), 2_000);
    return;
  }
  for (const id of parts.book.newlyUnknown(candidates)) {
    parts.log.warn('eni_conf names a vSwitch that the cloud does not know', { vswitch: id, vpc: limits.vpcId });
  }
  const vSwitches = known.filter(({ zoneId }) => zoneId === limits.zoneId);
  const plan = planPool({ record, limits, vSwitches }, parts.config().poolPolicy, parts.random01, parts.nowMs());
  if (plan.obstacle !== undefined) pass.noteObstacle(withCloudsWords(pass, plan.obstacle, vSwitches), 2_000);
  const resting = mustRest(record.obstacle, parts.nowMs());
  for (const action of plan.actions) {
    if (!resting || takes(record, action) === undefined) await begin(pass, record, action);
  }
}

/** What the cloud has just refused for good, rights or a quota for example, it would refuse again. */
function mustRest(obstacle: Obstacle | undefined, nowMs: number): boolean {
  return obstacle?.reason === 'cloud-refused' && obstacle.retryAtMs > nowMs;
}

function candidateIds(pass: Pass, { limits }: NodeRecord): readonly string[] {
  if (limits === undefined) return [];
  const configured = pass.parts.config().vSwitchIdsOf(limits.zoneId);
  return configured.length > 0 ? configured : [limits.vSwitchId];
}

/** On-call finds the cloud's RequestId where the refusal of a full vSwitch is shown. */
function withCloudsWords(
  pass: Pass,
  obstacle: Parameters<Pass['noteObstacle']>[0],
  vSwitches: readonly { readonly vSwitchId: string }[],
): Parameters<Pass['noteObstacle']>[0] {
  if (obstacle.reason !== 'vswitch-exhausted') return obstacle;
  const last = pass.parts.book.fullRefusal(vSwitches.map(({ vSwitchId }) => vSwitchId));
  if (last === undefined) return obstacle;
  const details = { ...obstacle.details, ...refusalDetails(last.refusal), vswitch_id: last.vSwitchId };
  return { ...obstacle, details };
}

/** Writes the intent of one action down; what it will take of a vSwitch is reserved before. */
async function begin(pass: Pass, record: NodeRecord, action: PoolAction): Promise<void> {
  const { guard, parts } = pass;
  if (action.kind === 'depart') {
    await applyTo<'depart'>(pass, { ...action, guard });
    return;
  }
  if (action.kind === 'cancel-departure') {
    await applyTo<'cancel-departure'>(pass, { ...action, guard, seed: parts.newId() });
    return;
  }
  const intent = { ...action, id: parts.newId() };
  const taking = takes(record, action);
  if (taking !== undefined) {
    await parts.ledger.reserve({ ...taking, intentId: intent.id, expiresAtMs: parts.nowMs() + reservationMs });
  }
  const opened = await applyTo<'open-intent'>(pass, { kind: 'open-intent', guard, intent });
  if (!opened.ok && taking !== undefined) await parts.ledger.drop(taking.vSwitchId, intent.id);
}

/** What an action will take, and of which vSwitch. */
function takes(
  record: NodeRecord,
  action: PoolAction,
): { readonly vSwitchId: string; readonly count: number } | undefined {
  switch (action.kind) {
    case 'create-eni':
      return { vSwitchId: action.vSwitchId, count: action.secondaryAddresses + 1 };
    case 'assign': {
      const eni = record.enis.get(action.eniId);
      return eni === undefined ? undefined : { vSwitchId: eni.vSwitchId, count: action.count };
    }
    default:
      return undefined;
  }
}

async function look(pass: Pass): Promise<NodeRecord> {
  const record = await pass.parts.store.read(pass.nodeId);
  if (record === undefined) throw new PassEnded('the record is gone');
  return record;
}

function committed(reply: Reply<NodeRecord>): NodeRecord {
  if (!reply.ok) throw new PassEnded(reply.refusal.message);
  return reply.value;
}
