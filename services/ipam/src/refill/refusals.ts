import type { CloudRefusal, Outcome } from '@terway/cloud';
import type { Obstacle } from '@terway/ipam-core';
import { backoffMs } from '@terway/runtime';

/** A call that did not succeed. */
export type Trouble = Exclude<Outcome<unknown>, { readonly kind: 'done' }>;

/** What a caller who waits is told about a call that did not succeed. */
export function obstacleOf(
  trouble: Trouble,
  about: Readonly<Record<string, string>>,
): Pick<Obstacle, 'reason' | 'message' | 'details'> {
  switch (trouble.kind) {
    case 'throttled':
      return {
        reason: 'cloud-throttled',
        message: `the cloud throttles our calls (${trouble.code})`,
        details: { ...about, cloud_code: trouble.code, request_id: trouble.requestId },
      };
    case 'unknown':
      return { reason: 'cloud-unavailable', message: `the cloud does not answer: ${trouble.cause}`, details: about };
    case 'refused':
      return { reason: reasonOf(trouble), message: trouble.message, details: { ...about, ...refusalDetails(trouble) } };
  }
}

/** The cloud's own words, under the names that refusals carry them. */
export function refusalDetails(refusal: CloudRefusal): Record<string, string> {
  return {
    cloud_code: refusal.code,
    cloud_message: refusal.message,
    cloud_status: String(refusal.status),
    request_id: refusal.requestId,
  };
}

function reasonOf(refusal: CloudRefusal): Obstacle['reason'] {
  switch (refusal.reason) {
    case 'vswitch-exhausted':
      return 'vswitch-exhausted';
    case 'eni-limit-reached':
      return 'eni-limit-reached';
    default:
      return 'cloud-refused';
  }
}

/** How long to wait after a call that changed nothing; `failures` counts from 1. */
export function retryDelayMs(trouble: Trouble, failures: number, random01: () => number): number {
  if (trouble.kind === 'throttled' && trouble.retryAfterMs !== undefined) return trouble.retryAfterMs;
  const base = trouble.kind === 'throttled' ? 2_000 : 500;
  return backoffMs(failures, { baseMs: base, maxMs: 30_000 }, random01);
}
