import { isJsonObject, type JsonObject } from '../json-object.js';
import type { Reply } from '../wire/ending.js';
import type { EffectTable } from './effect.js';

/** Answers that are less, or other, than what was asked for. */
export const resultEffects: EffectTable = {
  /** The ENI is created, but the answer does not say which. */
  createdEmptyId: {
    fields: [],
    actions: ['CreateNetworkInterface'],
    strike: () => ({ twist: { emptyId: true } }),
  },
  /** At most `count` of the addresses that were asked for by number. */
  partialAssign: {
    fields: ['count'],
    actions: ['AssignPrivateIpAddresses'],
    strike: (fields) => ({ twist: { assignAtMost: fields.number('count', { min: 0 }) } }),
  },
  /** Each row is missing from its page with this probability. */
  missingFromList: {
    fields: ['probability'],
    actions: ['DescribeNetworkInterfaces'],
    strike: (fields) => ({ twist: { missingRows: fields.number('probability', { min: 0, max: 1 }) } }),
  },
  /** Wrappers of empty lists are left out. */
  omitEmpty: { fields: [], strike: () => ({ after: (reply) => mapBody(reply, withoutEmptyLists) }) },
  /** A field at the top of the answer holds a text, whatever it should be. */
  typeClash: {
    fields: ['field'],
    strike: (fields) => {
      const field = fields.text('field');
      return { after: (reply) => mapBody(reply, (body) => ({ ...body, [field]: 'unexpected' })) };
    },
  },
};

function mapBody(reply: Reply, map: (body: JsonObject) => JsonObject): Reply {
  const body: unknown = JSON.parse(reply.body);
  return isJsonObject(body) ? { ...reply, body: JSON.stringify(map(body)) } : reply;
}

function withoutEmptyLists(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([, value]) => !isEmptyWrapper(value))
      .map(([name, value]) => [name, trimmed(value)]),
  );
}

function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trimmed);
  return isJsonObject(value) ? withoutEmptyLists(value) : value;
}

function isEmptyWrapper(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const inner = Object.values(value);
  return inner.length === 0 || (inner.length === 1 && Array.isArray(inner[0]) && inner[0].length === 0);
}
