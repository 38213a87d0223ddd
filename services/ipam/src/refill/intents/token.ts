import type { Intent, ProtocolTimes } from '@terway/ipam-core';

/** The cloud remembers a ClientToken for longer; we do not lean on that. */
const tokenLifeMs = 600_000;

/**
 * True when nothing more may be sent under the token of the present attempt, so that what became of its calls is looked
 * up: the token is as old as we trust it, counted from its first call, or its last call lies past the bound, because
 * the cloud no longer knew the token or nobody was there to go on.
 */
export function isSpent(
  { sends, attemptSentAtMs, lastSentAtMs }: Pick<Intent, 'sends' | 'attemptSentAtMs' | 'lastSentAtMs'>,
  nowMs: number,
  { boundMs }: Pick<ProtocolTimes, 'boundMs'>,
): boolean {
  return sends > 0 && (nowMs - attemptSentAtMs >= tokenLifeMs || nowMs - lastSentAtMs >= boundMs);
}
