import { errorText, type Logger } from '@terway/runtime';
import { type DetachParts, letGo, stillAttached } from './detach-pod.js';
import { type AttachedEntry, entryOf, isAttached, type JournalEntry, isReleasing } from './journal/journal.js';
import type { PodDatapath } from './pod-datapath.js';

export interface DriftParts extends Omit<DetachParts, 'datapath'> {
  readonly datapath: PodDatapath;
  readonly log: Logger;
}

/**
 * Compares journal and kernel, and makes them agree: what belongs to vanished sandboxes goes, what living ones have
 * lost comes back. A living pod that the journal does not know is left alone and stated at the next Sync. One failure
 * does not end the pass.
 */
export async function reconcileDrift(parts: DriftParts, signal: AbortSignal): Promise<void> {
  for (const entry of parts.journal.entries()) {
    if (signal.aborted) return;
    if (isReleasing(entry)) continue;
    await attempt(`sandbox ${entry.owner.sandboxId}`, parts, () => reconcileEntry(entry, parts));
  }
  if (!signal.aborted) await attempt('rules and routes', parts, () => forgetVanished(parts));
}

/** Repairs run in the turn of the owner, on what the journal says then. */
function reconcileEntry(seen: JournalEntry, parts: DriftParts): Promise<void> {
  return parts.turns.join(seen.owner, async () => {
    const entry = entryOf(parts.journal, seen.owner);
    if (entry === undefined || entry.allocationId !== seen.allocationId) return;
    if (entry.state !== 'wired' || (await hasVanished(entry, parts))) {
      parts.log.info('vanished sandbox is let go', { sandbox: entry.owner.sandboxId, state: entry.state });
      await letGo(entry, 'normal', parts);
      return;
    }
    await parts.links.run(entry.attachment.hostIfName, () => repair(entry, parts));
  });
}

/** The caller has the host end to himself; the pod's next sandbox may have taken it while he waited. */
async function repair(entry: AttachedEntry, { journal, datapath, log }: DriftParts): Promise<void> {
  if (!stillAttached(entry, journal)) return;
  const missing = await datapath.missing(entry.attachment);
  if (missing.length === 0) return;
  log.warn('attachment is repaired', { ip: entry.address.ip, missing: missing.join('; ') });
  if ((await datapath.netnsKind(entry.netns)) === 'sandbox') await datapath.repair(entry.attachment);
}

/**
 * A path that is gone proves little, since it may only be hidden from this process. With the namespace the kernel also
 * ends the host end of the pod's link: both together are proof.
 */
async function hasVanished({ netns, attachment }: AttachedEntry, { datapath }: DriftParts): Promise<boolean> {
  if ((await datapath.netnsKind(netns)) === 'sandbox') return false;
  return !(await datapath.observe()).hostInterfaces.includes(attachment.hostIfName);
}

/** Only a journal that can be trusted tells which addresses have no pod. */
async function forgetVanished({ journal, datapath, log }: DriftParts): Promise<void> {
  if (!journal.kept().intact) return;
  const known = (): ReadonlySet<string> =>
    new Set(
      journal
        .entries()
        .filter(isAttached)
        .map(({ address }) => address.ip),
    );
  const ips = await datapath.forgetVanished(known);
  if (ips.length > 0) log.info('leftovers of vanished pods are removed', { ips: ips.join(' ') });
}

async function attempt(what: string, { log }: DriftParts, task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    log.error('drift could not be repaired', { what, error: errorText(error) });
  }
}
