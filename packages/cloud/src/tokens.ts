import { createHash } from 'node:crypto';

/**
 * ClientToken of one attempt of an intent: 64 hex characters, the most that the cloud takes. The same intent and
 * attempt always give the same token, so whoever takes over an intent repeats its call instead of making a second one.
 */
export function clientToken(intentId: string, attempt: number): string {
  return sha256(`${intentId}/${attempt}`);
}

/** Plain data: no class instances, no functions. */
export type Params =
  string | number | boolean | null | undefined | readonly Params[] | { readonly [key: string]: Params };

/**
 * Hash of what a call asks for, as 64 hex characters: equal for equal parameters, whatever the order of their keys; a
 * key without a value counts as absent. Other parameters need another attempt, since the cloud refuses a token that it
 * has seen with others.
 */
export function paramsHash(params: Params): string {
  return sha256(canonical(params));
}

function canonical(value: Params): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value as { readonly [key: string]: Params })
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
