import type { Effect } from '../effects/effect.js';
import { effects } from '../effects/effects.js';
import type { FaultMatch, FaultRule } from '../fault-rules.js';
import { isJsonObject } from '../json-object.js';
import { SimulatorError } from '../simulator-error.js';
import { type JsonFields, jsonFields } from './json-fields.js';

/**
 * A rule as JSON: `{"id", "match": {"action", …}, "effect": {"name": "resetAfterCommit", …}, "limit"}`; all but the
 * effect may be left out.
 * @param fallbackId names a rule without an id
 * @throws SimulatorError that names the field
 */
export function parseFaultRule(value: unknown, fallbackId: string): FaultRule {
  const fields = jsonFields(value, '', ['id', 'match', 'effect', 'limit']);
  const { name, effect, parameters } = effectOf(fields.value('effect'));
  return {
    id: fields.given('id', fields.text) ?? fallbackId,
    match: parseMatch(fields.value('match') ?? {}),
    effect: name,
    actions: effect.actions,
    strike: effect.strike(parameters),
    limit: fields.given('limit', (limit) => fields.number(limit, { min: 0 })),
  };
}

function effectOf(value: unknown): { name: string; effect: Effect; parameters: JsonFields } {
  const name = isJsonObject(value) ? value['name'] : undefined;
  const effect = typeof name === 'string' && Object.hasOwn(effects, name) ? effects[name] : undefined;
  if (!effect) throw new SimulatorError('effect.name', `one of ${Object.keys(effects).join(', ')}`, name);
  return { name: String(name), effect, parameters: jsonFields(value, 'effect', ['name', ...effect.fields]) };
}

const matchFields =
  'action accessKeyId vSwitchId zoneId eniId instanceId params nth everyNth firstN probability afterMs untilMs'.split(
    ' ',
  );

function parseMatch(value: unknown): FaultMatch {
  const { given, number, record, text } = jsonFields(value, 'match', matchFields);
  const count = (name: string): number => number(name, { min: 1 });
  return {
    action: given('action', text),
    accessKeyId: given('accessKeyId', text),
    vSwitchId: given('vSwitchId', text),
    zoneId: given('zoneId', text),
    eniId: given('eniId', text),
    instanceId: given('instanceId', text),
    params: given('params', record),
    nth: given('nth', count),
    everyNth: given('everyNth', count),
    firstN: given('firstN', count),
    probability: given('probability', (name) => number(name, { min: 0, max: 1 })),
    afterMs: given('afterMs', number),
    untilMs: given('untilMs', number),
  };
}
