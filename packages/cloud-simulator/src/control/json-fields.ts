import { SimulatorError } from '../simulator-error.js';

/** An object of an instruction's JSON, read field by field. Every reader throws SimulatorError. */
export interface JsonFields {
  readonly path: string;
  readonly has: (name: string) => boolean;
  readonly text: (name: string) => string;
  readonly number: (name: string, bounds?: { readonly min?: number; readonly max?: number }) => number;
  readonly choice: <T extends string>(name: string, choices: readonly T[]) => T;
  readonly texts: (name: string) => readonly string[];
  /** String values by name. */
  readonly record: (name: string) => Readonly<Record<string, string>>;
  readonly objects: (name: string) => readonly unknown[];
  readonly value: (name: string) => unknown;
}

/** @param names all fields that may be there: a misspelt one is an error, not silence */
export function jsonFields(value: unknown, path: string, names: readonly string[]): JsonFields {
  if (!isObject(value)) throw new SimulatorError(path || 'the body', 'an object', value);
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const stranger = Object.keys(value).find((name) => !names.includes(name));
  if (stranger !== undefined) throw new SimulatorError(at(stranger), `one of ${names.join(', ')}`, stranger);
  const checked = <T>(name: string, expected: string, holds: (field: unknown) => field is T): T => {
    const field = value[name];
    if (!holds(field)) throw new SimulatorError(at(name), expected, field);
    return field;
  };
  return {
    path,
    has: (name) => value[name] !== undefined,
    text: (name) => checked(name, 'a text', isText),
    number: (name, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = {}) =>
      checked(
        name,
        `a number${Number.isFinite(min) ? ` from ${min}` : ''}${Number.isFinite(max) ? ` to ${max}` : ''}`,
        (field): field is number => typeof field === 'number' && field >= min && field <= max,
      ),
    choice: <T extends string>(name: string, choices: readonly T[]) =>
      checked(name, `one of ${choices.join(', ')}`, (field): field is T => choices.some((choice) => choice === field)),
    texts: (name) =>
      checked(name, 'a list of texts', (field): field is string[] => Array.isArray(field) && field.every(isText)),
    record: (name) =>
      checked(
        name,
        'an object of texts',
        (field): field is Record<string, string> => isObject(field) && Object.values(field).every(isText),
      ),
    objects: (name) => checked(name, 'a list', (field): field is unknown[] => Array.isArray(field)),
    value: (name) => value[name],
  };
}

/** The named fields that are there, each read by its reader: absent ones stay absent. */
export function present<T extends object>(
  fields: JsonFields,
  readers: { readonly [Name in keyof T]-?: (name: string) => NonNullable<T[Name]> },
): Partial<T> {
  const names = Object.keys(readers) as (keyof T & string)[];
  return Object.fromEntries(
    names.filter((name) => fields.has(name)).map((name) => [name, readers[name](name)]),
  ) as Partial<T>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
