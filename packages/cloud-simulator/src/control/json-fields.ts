import { isJsonObject } from '../json-object.js';
import { SimulatorError } from '../simulator-error.js';

/** An object of an instruction's JSON, read field by field. Every reader throws SimulatorError. */
export interface JsonFields {
  readonly text: (name: string) => string;
  readonly number: (name: string, bounds?: { readonly min?: number; readonly max?: number }) => number;
  readonly choice: <T extends string>(name: string, choices: readonly T[]) => T;
  readonly texts: (name: string) => readonly string[];
  /** String values by name. */
  readonly record: (name: string) => Readonly<Record<string, string>>;
  readonly items: (name: string) => readonly unknown[];
  readonly value: (name: string) => unknown;
  /** What the reader makes of a field, undefined when it is not there. */
  readonly given: <T>(name: string, read: (name: string) => T) => T | undefined;
}

/** @param names all fields that may be there: a misspelt one is an error, not silence */
export function jsonFields(value: unknown, path: string, names: readonly string[]): JsonFields {
  if (!isJsonObject(value)) throw new SimulatorError(path || 'the body', 'an object', value);
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const stranger = Object.keys(value).find((name) => !names.includes(name));
  if (stranger !== undefined) throw new SimulatorError(at(stranger), `one of ${names.join(', ')}`, stranger);
  const checked = <T>(name: string, expected: string, holds: (field: unknown) => field is T): T => {
    const field = value[name];
    if (!holds(field)) throw new SimulatorError(at(name), expected, field);
    return field;
  };
  return {
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
    record: (name) => checked(name, 'an object of texts', isTextRecord),
    items: (name) => checked(name, 'a list', (field): field is unknown[] => Array.isArray(field)),
    value: (name) => value[name],
    given: (name, read) => (value[name] === undefined ? undefined : read(name)),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isJsonObject(value) && Object.values(value).every(isText);
}
