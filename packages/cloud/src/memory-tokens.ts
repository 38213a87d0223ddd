import type { AssignAddresses, CreateEni } from './cloud-api.js';
import { type Params, paramsHash } from './tokens.js';

interface TokenRecord {
  readonly paramsHash: string;
  readonly value: unknown;
  readonly expiresAtMs: number;
}

const keptForMs = 24 * 60 * 60 * 1000;

/** The client tokens that a cloud in memory has seen: calls that succeeded, for a day. */
export class MemoryTokens {
  private readonly records = new Map<string, TokenRecord>();

  /** The earlier answer to the same call; `mismatch` when the token came with other parameters. */
  lookUp<T>(action: string, call: CreateEni | AssignAddresses, nowMs: number): 'new' | 'mismatch' | { value: T } {
    const record = this.records.get(keyOf(action, call));
    if (record === undefined || record.expiresAtMs <= nowMs) return 'new';
    return record.paramsHash === hashOf(call) ? { value: record.value as T } : 'mismatch';
  }

  keep(action: string, call: CreateEni | AssignAddresses, value: unknown, nowMs: number): void {
    this.records.set(keyOf(action, call), { paramsHash: hashOf(call), value, expiresAtMs: nowMs + keptForMs });
  }
}

function keyOf(action: string, call: CreateEni | AssignAddresses): string {
  return `${action}/${call.clientToken}`;
}

function hashOf(call: CreateEni | AssignAddresses): string {
  const { clientToken: _, ...params } = call;
  return paramsHash(params as Params);
}
