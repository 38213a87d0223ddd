import { cloudError } from './cloud-error.js';
import type { Tags } from './world.js';

/** Request parameters by their wire names: `VSwitchId`, `SecurityGroupIds.1`, `Tag.1.Key`. */
export type Params = ReadonlyMap<string, string>;

/** An empty value counts as none, since SDKs send `NextToken=`. */
export function optional(params: Params, name: string): string | undefined {
  return params.get(name) || undefined;
}

/** @throws CloudError `MissingParameter` */
export function required(params: Params, name: string): string {
  const value = optional(params, name);
  if (value === undefined) throw cloudError('MissingParameter', `"${name}" is mandatory.`);
  return value;
}

/** @throws CloudError `InvalidParameter` when it is no whole number within the bounds */
export function integer(params: Params, name: string, bounds: { min: number; max: number }): number | undefined {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  const value = wholeNumber(text, name);
  if (value < bounds.min || value > bounds.max) {
    throw cloudError('InvalidParameter', `"${name}" must be ${bounds.min} to ${bounds.max}, but is ${value}.`);
  }
  return value;
}

/** A page size: the cloud takes the nearest that it allows. */
export function clamped(
  params: Params,
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly otherwise: number },
): number {
  const text = optional(params, name);
  if (text === undefined) return bounds.otherwise;
  return Math.min(bounds.max, Math.max(bounds.min, wholeNumber(text, name)));
}

export function flag(params: Params, name: string, otherwise: boolean): boolean {
  const text = optional(params, name)?.toLowerCase();
  if (text === undefined) return otherwise;
  if (text !== 'true' && text !== 'false') throw invalid(name, 'true or false', text);
  return text === 'true';
}

/** `Name.1`, `Name.2` …, in the order of their numbers; numbers may be missing. */
export function list(params: Params, name: string): readonly string[] {
  return numbered(params, name, '').map(([, value]) => value);
}

/** A list of at most `max` values. @throws CloudError `InvalidParameter` */
export function boundedList(params: Params, name: string, max: number): readonly string[] {
  const values = list(params, name);
  if (values.length > max) throw invalid(name, `at most ${max} values`, String(values.length));
  return values;
}

/** A parameter that holds a JSON array of strings, for example `InstanceIds`. @throws CloudError `InvalidParameter` */
export function jsonList(params: Params, name: string, max: number): readonly string[] | undefined {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  const values = parsedJson(text);
  if (!Array.isArray(values) || values.length > max || !values.every((value) => typeof value === 'string')) {
    throw invalid(name, `a JSON array of at most ${max} strings`, text);
  }
  return values;
}

/** `Tag.N.Key` and `Tag.N.Value`. @throws CloudError when a key repeats, is malformed, or there are more than 20 */
export function tags(params: Params): Tags {
  const keys = numbered(params, 'Tag', '.Key');
  if (keys.length > maxTags) throw cloudError('QuotaExceed.Tags');
  const found: Record<string, string> = {};
  for (const [number, key] of keys) {
    const value = params.get(`Tag.${number}.Value`) ?? '';
    if (Object.hasOwn(found, key)) throw cloudError('Duplicate.TagKey', `"${key}" comes twice.`);
    if (!isTagText(key) || key === '' || /^(aliyun|acs:)/i.test(key)) throw cloudError('InvalidTagKey.Malformed');
    if (!isTagText(value)) throw cloudError('InvalidTagValue.Malformed');
    found[key] = value;
  }
  return found;
}

/** @throws CloudError `UnsupportedParameter` for what this simulator does not model */
export function refuseParameters(params: Params, names: readonly string[]): void {
  const found = [...params.keys()].find((key) => names.includes(key.split('.')[0] ?? ''));
  if (found !== undefined) throw cloudError('UnsupportedParameter', `"${found}" is not supported.`);
}

const maxTags = 20;

function isTagText(text: string): boolean {
  return text.length <= 128 && !/https?:\/\//i.test(text);
}

function numbered(params: Params, name: string, suffix: string): readonly (readonly [number, string])[] {
  const found: [number, string][] = [];
  for (const [key, value] of params) {
    if (!key.startsWith(`${name}.`) || !key.endsWith(suffix)) continue;
    const number = key.slice(name.length + 1, key.length - suffix.length);
    if (/^\d+$/.test(number)) found.push([Number(number), value]);
  }
  return found.toSorted(([one], [other]) => one - other);
}

function wholeNumber(text: string, name: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw invalid(name, 'a whole number', text);
  return Number(text);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(name: string, expected: string, got: string): Error {
  return cloudError('InvalidParameter', `"${name}" must be ${expected}, but is ${got}.`);
}
