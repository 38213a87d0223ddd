import { DatapathError } from '@terway/datapath';
import { IpamRefusal } from '@terway/ipam-core';
import type { Logger } from '@terway/runtime';
import { type DetachParts, letGo, stillAttached, unwire } from './detach-pod.js';
import { type AttachedEntry, entryOf, isAttached, isReleasing } from './journal/journal.js';
import { isAway } from './ipam-session.js';
import { AddressConflict, leaseAddress, type LeaseParts } from './lease-address.js';
import type { LeasedAddress } from './leased-address.js';
import {
  hostIfNameOfWish,
  inUseByAnother,
  type NodeAttributes,
  planAttachment,
  type PodWish,
} from './plan-attachment.js';
import type { PodDatapath } from './pod-datapath.js';
import { Overtaken } from './sandbox-turns.js';

export interface AttachParts extends Omit<DetachParts, 'ledger' | 'datapath'>, LeaseParts {
  readonly ledger: DetachParts['ledger'] & LeaseParts['ledger'];
  readonly datapath: PodDatapath;
  readonly node: () => NodeAttributes;
  readonly agentSeq: () => number;
  /** A random allocation id. */
  readonly newId: () => string;
  readonly log: Logger;
}

export interface AttachLimits {
  /** Aborts when the runtime hangs up or its time is over. */
  readonly signal: AbortSignal;
  /** How long the centre may take to find an address. */
  readonly allocateMs: number;
}

/** A grant that must not be wired is given back and asked for anew this often. */
const attempts = 3;

/**
 * Gives an owner an address and wires it. The journal knows of every step before it is taken, so that whatever ends the
 * agent half way is found and undone. Repeating it for an owner that is attached gives the same attachment.
 *
 * @throws IpamRefusal, DatapathError, JournalError; then nothing of the attempt is left
 */
export function attachPod(wish: PodWish, parts: AttachParts, limits: AttachLimits): Promise<AttachedEntry> {
  return parts.turns.attach(wish.owner, limits.signal, async (signal) => {
    const existing = entryOf(parts.journal, wish.owner);
    if (existing !== undefined) {
      if (isAttached(existing) && (await stillHolds(existing, wish, parts))) return existing;
      await letGo(existing, 'normal', parts);
    }
    return attachAnew(wish, parts, { ...limits, signal });
  });
}

async function stillHolds(entry: AttachedEntry, wish: PodWish, parts: AttachParts): Promise<boolean> {
  if (entry.state !== 'wired' || entry.netns !== wish.netns) return false;
  return (await parts.datapath.missing(entry.attachment)).length === 0;
}

async function attachAnew(wish: PodWish, parts: AttachParts, limits: AttachLimits): Promise<AttachedEntry> {
  for (let attempt = 1; ; attempt++) {
    const allocationId = parts.newId();
    try {
      await parts.journal.put({ ...wish, allocationId, agentSeq: parts.agentSeq(), state: 'allocating' });
      return await attachOnce(wish, allocationId, parts, limits);
    } catch (error) {
      await giveBack(allocationId, error, parts);
      if (!mayRepeat(error) || attempt === attempts) throw asRefusal(error);
      parts.log.warn('granted address is not used', {
        pod: `${wish.pod.namespace}/${wish.pod.name}`,
        why: String(error),
      });
    }
  }
}

async function attachOnce(
  wish: PodWish,
  allocationId: string,
  parts: AttachParts,
  { signal, allocateMs }: AttachLimits,
): Promise<AttachedEntry> {
  const { datapath, journal } = parts;
  const keep = async (address: LeasedAddress): Promise<AttachedEntry> => {
    const kernel = await datapath.observe();
    if (inUseByAnother(address.ip, hostIfNameOfWish(wish), kernel)) throw new AddressConflict(address, 'wired');
    const attachment = planAttachment(wish, address, kernel, parts.node());
    const fields = { ...wish, allocationId, agentSeq: parts.agentSeq(), address, attachment };
    const entry: AttachedEntry = { ...fields, state: 'wiring' };
    await journal.put(entry);
    return entry;
  };

  const ask = { owner: wish.owner, allocationId, pod: wish.pod };
  const entry = await leaseAddress(ask, parts, { deadlineMs: allocateMs, signal }, keep);
  signal.throwIfAborted();
  return parts.links.run(entry.attachment.hostIfName, () => wire(entry, parts));
}

/** The caller has the host end to himself. */
async function wire(entry: AttachedEntry, parts: AttachParts): Promise<AttachedEntry> {
  if (!stillAttached(entry, parts.journal)) throw new Overtaken('another sandbox of the pod has taken its place');
  await replaceFormerSandboxes(entry, parts);
  await parts.datapath.attach(entry.attachment);
  const wired: AttachedEntry = { ...entry, state: 'wired' };
  await parts.journal.put(wired);
  return wired;
}

/**
 * The host end is named after the pod, so a pod's new sandbox takes the place of its former one, whose DEL then finds
 * nothing to undo.
 */
async function replaceFormerSandboxes(entry: AttachedEntry, parts: AttachParts): Promise<void> {
  const { hostIfName } = entry.attachment;
  const sharing = parts.journal
    .entries()
    .filter(isAttached)
    .filter((other) => other.attachment.hostIfName === hostIfName && other.allocationId !== entry.allocationId);
  for (const former of sharing) {
    if (former.pod.namespace !== entry.pod.namespace || former.pod.name !== entry.pod.name) {
      const holder = `${former.pod.namespace}/${former.pod.name}`;
      throw new DatapathError('interface-name-taken', `${hostIfName} on the host belongs to pod ${holder}`);
    }
    parts.log.info('former sandbox of the pod is replaced', { sandbox: former.owner.sandboxId, ip: former.address.ip });
    await unwire(former, 'normal', parts);
  }
}

/** Leaves nothing of an attempt, neither here nor at the centre, whatever became of it. */
async function giveBack(allocationId: string, error: unknown, parts: AttachParts): Promise<void> {
  const entry = parts.journal.entries().find((candidate) => candidate.allocationId === allocationId);
  if (entry === undefined || isReleasing(entry)) return;
  if (entry.state === 'allocating' && isRefused(error)) {
    await parts.journal.remove(allocationId);
    return;
  }
  const cause = error instanceof AddressConflict && error.why !== 'departed' ? 'address-in-use' : 'normal';
  await letGo(entry, cause, parts);
}

/** True when the centre said that nothing is bound. */
function isRefused(error: unknown): boolean {
  return error instanceof IpamRefusal && !isAway(error) && error.reason !== 'offline-reserve-empty';
}

function mayRepeat(error: unknown): boolean {
  return error instanceof AddressConflict || (error instanceof IpamRefusal && error.reason === 'allocation-released');
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof AddressConflict)) return error;
  return new IpamRefusal('address-in-use', error.message, { retryAfterMs: 1_000, cause: error });
}
