import { effects } from '../effects/effects.js';
import type { FaultMatch, FaultRule } from '../fault-rules.js';
import { SimulatorError } from '../simulator-error.js';
import { type JsonFields, jsonFields, present } from './json-fields.js';

/**
 * A rule as JSON: `{"id", "match": {"action", …}, "effect": {"name": "resetAfterCommit", …}, "limit"}`; all but the
 * effect may be left out.
 * @param fallbackId names a rule without an id
 * @throws SimulatorError that names the field
 */
export function parseFaultRule(value: unknown, fallbackId: string): FaultRule {
  const fields = jsonFields(value, '', ['id', 'match', 'effect', 'limit']);
  const { name, effect, given } = effectOf(fields.value('effect'));
  return {
    id: fields.has('id') ? fields.text('id') : fallbackId,
    match: fields.has('match') ? parseMatch(fields.value('match')) : {},
    effect: name,
    ...(effect.actions && { actions: effect.actions }),
    strike: effect.strike(given),
    ...(fields.has('limit') && { limit: fields.number('limit', { min: 0 }) }),
  };
}

function effectOf(value: unknown): { name: string; effect: (typeof effects)[string]; given: JsonFields } {
  const name = (value as { readonly name?: unknown } | undefined)?.name;
  const effect = typeof name === 'string' && Object.hasOwn(effects, name) ? effects[name] : undefined;
  if (!effect) throw new SimulatorError('effect.name', `one of ${Object.keys(effects).join(', ')}`, name);
  return { name: String(name), effect, given: jsonFields(value, 'effect', ['name', ...effect.fields]) };
}

function parseMatch(value: unknown): FaultMatch {
  const texts = ['action', 'accessKeyId', 'vSwitchId', 'zoneId', 'eniId', 'instanceId'] as const;
  const counts = ['nth', 'everyNth', 'firstN'] as const;
  const fields = jsonFields(value, 'match', [...texts, ...counts, 'params', 'probability', 'afterMs', 'untilMs']);
  const count = (name: string): number => fields.number(name, { min: 1 });
  return present<FaultMatch>(fields, {
    ...sameReader(texts, fields.text),
    ...sameReader(counts, count),
    params: fields.record,
    probability: (name) => fields.number(name, { min: 0, max: 1 }),
    afterMs: fields.number,
    untilMs: fields.number,
  });
}

function sameReader<Name extends string, T>(
  names: readonly Name[],
  reader: (name: string) => T,
): Record<Name, (name: string) => T> {
  return Object.fromEntries(names.map((name) => [name, reader])) as Record<Name, (name: string) => T>;
}
