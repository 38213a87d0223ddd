import { isUnreachable, refusalOf } from '@terway/api';
import { errorText } from '@terway/runtime';

/** One line that begins with the reason word that the runbook explains, where there is one. */
export function describeFailure(error: unknown, address: string): string {
  const refusal = refusalOf(error);
  if (refusal !== undefined) return `${refusal.reason}: ${refusal.message}`;
  if (isUnreachable(error)) return `ipam-unavailable: no IPAM service answers at ${address}`;
  return errorText(error);
}
