import type { Draft } from '../draft.js';
import { beginRecovery } from '../recovery.js';

/**
 * The store has started and may have lost its tail: every session ends and every claim is free. The agents' seqs, which
 * the next Open and Sync carry, tell whether anything is missing.
 */
export function suspect(draft: Draft, nowMs: number): void {
  beginRecovery(draft, 'store-restarted', nowMs);
  draft.agent = { ...draft.agent, session: '', synced: false };
  draft.claim = undefined;
}
