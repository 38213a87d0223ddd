import { eniOf } from './eni-book.js';
import { optional, type Params } from './params.js';
import type { Random } from './random.js';
import type { Strike } from './strike.js';
import type { World } from './world.js';

/** Which calls a rule strikes: all that is given must hold. */
export interface FaultMatch {
  readonly action?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly vSwitchId?: string | undefined;
  readonly zoneId?: string | undefined;
  readonly eniId?: string | undefined;
  readonly instanceId?: string | undefined;
  /** Wire name -> value. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Counted over the calls that match so far: only this one, from 1. */
  readonly nth?: number | undefined;
  readonly everyNth?: number | undefined;
  readonly firstN?: number | undefined;
  /** 0 to 1, 1 by default. */
  readonly probability?: number | undefined;
  /** Virtual Unix milliseconds. */
  readonly afterMs?: number | undefined;
  readonly untilMs?: number | undefined;
}

export interface FaultRule {
  readonly id: string;
  readonly match: FaultMatch;
  /** Its name in the table of effects. */
  readonly effect: string;
  /** Strikes these actions only. */
  readonly actions?: readonly string[] | undefined;
  readonly strike: Strike;
  /** Strikes so often and never again. */
  readonly limit?: number | undefined;
}

/** A rule in force, and how often it matched and struck. */
export interface ActiveRule {
  readonly rule: FaultRule;
  matched: number;
  struck: number;
}

/** What a rule can tell a call by. */
export interface FaultSubject {
  readonly action: string;
  readonly accessKeyId: string;
  readonly params: Params;
  readonly vSwitchId: string | undefined;
  readonly zoneId: string | undefined;
  readonly eniId: string | undefined;
  readonly instanceId: string | undefined;
}

/** Where a call does not say its vSwitch or instance, its ENI does. */
export function subjectOf(world: World, action: string, accessKeyId: string, params: Params): FaultSubject {
  const eniId = optional(params, 'NetworkInterfaceId');
  const eni = eniOf(world, eniId ?? '');
  const vSwitchId = optional(params, 'VSwitchId') ?? eni?.vSwitchId;
  const zoneId = world.vSwitches.get(vSwitchId ?? '')?.zoneId ?? optional(params, 'ZoneId');
  const instanceId = optional(params, 'InstanceId') ?? eni?.attachment?.instanceId;
  return { action, accessKeyId, params, vSwitchId, zoneId, eniId, instanceId };
}

/** The first rule that strikes the call wins. Counts what it looked at. */
export function strikeOn(
  rules: readonly ActiveRule[],
  subject: FaultSubject,
  nowMs: number,
  random: Random,
): (Strike & { readonly ruleId: string }) | undefined {
  for (const active of rules) {
    const { rule } = active;
    if (active.struck >= (rule.limit ?? Number.POSITIVE_INFINITY) || !concerns(rule, subject, nowMs)) continue;
    active.matched += 1;
    if (!isItsTurn(rule.match, active.matched) || random.next() >= (rule.match.probability ?? 1)) continue;
    active.struck += 1;
    return { ruleId: rule.id, ...rule.strike };
  }
  return undefined;
}

function concerns({ match, actions }: FaultRule, subject: FaultSubject, nowMs: number): boolean {
  const fields = ['action', 'accessKeyId', 'vSwitchId', 'zoneId', 'eniId', 'instanceId'] as const;
  return (
    (actions === undefined || actions.includes(subject.action)) &&
    fields.every((field) => match[field] === undefined || match[field] === subject[field]) &&
    Object.entries(match.params ?? {}).every(([name, value]) => subject.params.get(name) === value) &&
    nowMs >= (match.afterMs ?? Number.NEGATIVE_INFINITY) &&
    nowMs < (match.untilMs ?? Number.POSITIVE_INFINITY)
  );
}

function isItsTurn({ nth, everyNth, firstN }: FaultMatch, matched: number): boolean {
  return (
    (nth === undefined || matched === nth) &&
    (everyNth === undefined || matched % everyNth === 0) &&
    (firstN === undefined || matched <= firstN)
  );
}
