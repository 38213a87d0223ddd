import type { JsonObject } from './json-object.js';
import { cloudError } from './cloud-error.js';
import { fingerprint } from './fingerprint.js';
import type { Params } from './params.js';

/** Calls that were made with a ClientToken, by action and token. Only calls that reached their action are here. */
export type ClientTokens = Map<string, TokenRecord>;

interface TokenRecord {
  readonly paramsHash: string;
  /** Undefined: the action refused. */
  readonly answer: JsonObject | undefined;
  /** Until then the call is still being processed. */
  readonly settledAtMs: number;
  readonly forgottenAtMs: number;
}

export interface TokenCall {
  readonly action: string;
  readonly token: string;
  readonly params: Params;
}

const maxRecords = 100_000;

/**
 * The answer that an earlier call with this token got; undefined when the action is to run. A call that was refused runs anew.
 * @throws CloudError `IdempotentProcessing`, `IdempotentParameterMismatch`
 */
export function earlierAnswer(tokens: ClientTokens, call: TokenCall, nowMs: number): JsonObject | undefined {
  const record = tokens.get(keyOf(call));
  if (!record || record.forgottenAtMs <= nowMs) return undefined;
  if (record.settledAtMs > nowMs) throw cloudError('IdempotentProcessing');
  if (record.paramsHash !== fingerprint(call.params, ['ClientToken'])) throw cloudError('IdempotentParameterMismatch');
  return record.answer;
}

export function remember(
  tokens: ClientTokens,
  call: TokenCall,
  outcome: { readonly answer: JsonObject | undefined; readonly settledAtMs: number; readonly retentionMs: number },
): void {
  const { answer, settledAtMs, retentionMs } = outcome;
  const key = keyOf(call);
  tokens.delete(key);
  tokens.set(key, {
    paramsHash: fingerprint(call.params, ['ClientToken']),
    answer,
    settledAtMs,
    forgottenAtMs: settledAtMs + retentionMs,
  });
  const [oldest] = tokens.keys();
  if (tokens.size > maxRecords && oldest !== undefined) tokens.delete(oldest);
}

/** @throws CloudError `InvalidParameter` */
export function requireToken(token: string): void {
  if (!/^[\x21-\x7e]{1,64}$/.test(token)) {
    throw cloudError('InvalidParameter', '"ClientToken" must be 1 to 64 ASCII characters.');
  }
}

function keyOf({ action, token }: TokenCall): string {
  return `${action} ${token}`;
}
