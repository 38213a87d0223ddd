import { CniError, cniCode } from './errors.js';
import { isObject, kind } from './network-config.js';

/**
 * What plugins earlier in the chain made, or what ADD answered. Its elements are handed on as they came, whatever
 * fields they have.
 */
export interface PreviousResult {
  readonly interfaces: readonly Record<string, unknown>[];
  readonly ips: readonly Record<string, unknown>[];
  readonly routes: readonly Record<string, unknown>[];
  readonly dns: unknown;
}

/** @throws CniError 7 */
export function parsePreviousResult(value: unknown): PreviousResult {
  if (!isObject(value)) throw new CniError(cniCode.invalidConfig, `prevResult: expected an object, got ${kind(value)}`);
  return {
    interfaces: objects(value, 'interfaces'),
    ips: objects(value, 'ips'),
    routes: objects(value, 'routes'),
    dns: value['dns'],
  };
}

/** The addresses that a result names, without their prefix length. */
export function addressesOf({ ips }: PreviousResult): readonly string[] {
  return ips.flatMap(({ address }) => (typeof address === 'string' ? [address.split('/')[0] ?? ''] : []));
}

function objects(result: Record<string, unknown>, field: string): readonly Record<string, unknown>[] {
  const value = result[field] ?? [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw new CniError(cniCode.invalidConfig, `prevResult.${field}: expected an array of objects, got ${kind(value)}`);
}
