import type { Address } from './address.js';
import type { Eni } from './eni.js';
import type { Intent } from './intent.js';
import type { Demand, NodeRecord } from './record.js';

/**
 * A record as a store keeps it: one hash, field -> packed value. A value is a version digit and JSON; single values are
 * fields of their own, so that a script can compare and write them:
 *
 *   gen, node, name, now, inc, ses, synced, seq, renewed, previnc, incsince, rec, frozen, claim, limits, obstacle, listed
 *   e:<eniId>   a:<ip>   d:<demand key>   t:<allocation id>   i:<intent id>
 */
export type RecordFields = ReadonlyMap<string, string>;

/** Fields to write (text) and to remove (undefined). */
export type FieldChanges = ReadonlyMap<string, string | undefined>;

/** The version that this release writes; it reads no other. */
const version = '1';

/** @throws SchemaTooNew when a value was written by a later release. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';
  constructor(
    readonly field: string,
    readonly found: string,
  ) {
    super(`field ${field} has schema version ${found}, this release reads version ${version}`);
  }
}

export function fieldsOf(record: NodeRecord): Map<string, string> {
  const fields = new Map<string, string>(scalarsOf(record));
  for (const [key, eni] of record.enis) fields.set(`e:${key}`, pack(eni));
  for (const [key, address] of record.addresses) fields.set(`a:${key}`, pack(address));
  for (const [key, demand] of record.demand) fields.set(`d:${key}`, pack(demand));
  for (const [key, sinceMs] of record.tombstones) fields.set(`t:${key}`, pack(sinceMs));
  for (const [key, intent] of record.intents) fields.set(`i:${key}`, pack(intent));
  return fields;
}

/** Undefined for a hash that does not exist. @throws SchemaTooNew */
export function recordOf(fields: RecordFields): NodeRecord | undefined {
  if (!fields.has('gen')) return undefined;
  const text = (field: string): string => fields.get(field) ?? '';
  const number = (field: string): number => Number(fields.get(field) ?? 0);
  const value = <T>(field: string): T | undefined => {
    const packed = fields.get(field);
    return packed === undefined ? undefined : (unpack(field, packed) as T);
  };
  const entries = <T>(prefix: string): Map<string, T> => {
    const found = new Map<string, T>();
    for (const [field, packed] of fields) {
      if (field.startsWith(prefix)) found.set(field.slice(prefix.length), unpack(field, packed) as T);
    }
    return found;
  };
  return {
    generation: text('gen'),
    nodeId: text('node'),
    nodeName: text('name'),
    clockMs: number('now'),
    agent: {
      incarnation: text('inc'),
      session: text('ses'),
      synced: text('synced') === '1',
      seq: number('seq'),
      lastRenewMs: number('renewed'),
      previousIncarnation: text('previnc'),
      incarnationSinceMs: number('incsince'),
    },
    recovery: value('rec'),
    frozenUntilMs: number('frozen'),
    claim: value('claim'),
    limits: value('limits'),
    obstacle: value('obstacle'),
    listedAtMs: number('listed'),
    enis: entries<Eni>('e:'),
    addresses: entries<Address>('a:'),
    demand: entries<Demand>('d:'),
    tombstones: entries<number>('t:'),
    intents: entries<Intent>('i:'),
  };
}

/** What has to be written so that `before` becomes `after`; `before` is undefined where nothing is stored yet. */
export function changesBetween(before: NodeRecord | undefined, after: NodeRecord): FieldChanges {
  const changes = new Map<string, string | undefined>();
  const old = new Map<string, string>(before === undefined ? [] : scalarsOf(before));
  const scalars = new Map(scalarsOf(after));
  for (const [field, value] of scalars) if (old.get(field) !== value) changes.set(field, value);
  for (const field of old.keys()) if (!scalars.has(field)) changes.set(field, undefined);
  const compare = <T>(prefix: string, was: ReadonlyMap<string, T> | undefined, is: ReadonlyMap<string, T>): void => {
    for (const [key, value] of is) if (was?.get(key) !== value) changes.set(`${prefix}${key}`, pack(value));
    for (const key of was?.keys() ?? []) if (!is.has(key)) changes.set(`${prefix}${key}`, undefined);
  };
  compare('e:', before?.enis, after.enis);
  compare('a:', before?.addresses, after.addresses);
  compare('d:', before?.demand, after.demand);
  compare('t:', before?.tombstones, after.tombstones);
  compare('i:', before?.intents, after.intents);
  return changes;
}

function scalarsOf(record: NodeRecord): [string, string][] {
  const { agent } = record;
  const optional: [string, unknown][] = [
    ['rec', record.recovery],
    ['claim', record.claim],
    ['limits', record.limits],
    ['obstacle', record.obstacle],
  ];
  return [
    ['gen', record.generation],
    ['node', record.nodeId],
    ['name', record.nodeName],
    ['now', String(record.clockMs)],
    ['inc', agent.incarnation],
    ['ses', agent.session],
    ['synced', agent.synced ? '1' : '0'],
    ['seq', String(agent.seq)],
    ['renewed', String(agent.lastRenewMs)],
    ['previnc', agent.previousIncarnation],
    ['incsince', String(agent.incarnationSinceMs)],
    ['frozen', String(record.frozenUntilMs)],
    ['listed', String(record.listedAtMs)],
    ...optional.flatMap(([field, value]): [string, string][] => (value === undefined ? [] : [[field, pack(value)]])),
  ];
}

function pack(value: unknown): string {
  return version + JSON.stringify(value);
}

function unpack(field: string, packed: string): unknown {
  if (!packed.startsWith(version)) throw new SchemaTooNew(field, packed.slice(0, 1));
  return JSON.parse(packed.slice(1));
}
