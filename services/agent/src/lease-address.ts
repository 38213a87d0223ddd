import { IpamRefusal } from '@terway/ipam-core';
import { sleep } from '@terway/runtime';
import type { AddressLedger } from './address-ledger.js';
import type { AllocateAsk } from './ipam-client.js';
import { type IpamSession, isAway } from './ipam-session.js';
import type { LeasedAddress } from './leased-address.js';
import type { PodDatapath } from './pod-datapath.js';

/** The centre granted an address that this node must not wire. */
export class AddressConflict extends Error {
  override readonly name = 'AddressConflict';

  constructor(
    readonly address: LeasedAddress,
    readonly why: 'departed' | 'bound' | 'wired',
  ) {
    super(`${address.ip} was granted, but it is ${why} here`);
  }
}

/** Between two questions while the node is in recovery. */
const recoveryPauseMs = 300;

export interface LeaseParts {
  readonly session: Pick<IpamSession, 'allocate' | 'invalidate'>;
  readonly ledger: Pick<AddressLedger, 'bind' | 'bindOffline' | 'release'>;
  readonly datapath: Pick<PodDatapath, 'observe'>;
}

export interface LeaseLimits {
  /** How long the centre may wait for the refill. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/**
 * An address for an owner: the centre's word while it answers; without it, and only then, one that this node may use by
 * itself. `keep` writes the address down before anybody can state what this node holds.
 *
 * @throws AddressConflict; IpamRefusal, `offline-reserve-empty` when neither has one
 */
export async function leaseAddress<T>(
  ask: AllocateAsk,
  parts: LeaseParts,
  limits: LeaseLimits,
  keep: (address: LeasedAddress) => Promise<T>,
): Promise<T> {
  const keepOrFree = async (address: LeasedAddress): Promise<T> => {
    try {
      return await keep(address);
    } catch (error) {
      parts.ledger.release(address, ask.allocationId);
      throw error;
    }
  };
  const untilMs = performance.now() + limits.deadlineMs;
  for (;;) {
    try {
      const deadlineMs = Math.max(1, untilMs - performance.now());
      return await parts.session.allocate(ask, { ...limits, deadlineMs }, async ({ address }) => {
        const conflict = parts.ledger.bind(address, ask.allocationId);
        if (conflict !== undefined) throw new AddressConflict(address, conflict);
        return keepOrFree(address);
      });
    } catch (error) {
      if (!(error instanceof IpamRefusal) || !mayBindOffline(error)) throw error;
      limits.signal.throwIfAborted();
      const address = await bindOffline(ask, parts);
      // the centre may hold another address for this id by now: the journal wins, and Sync makes it so
      if (address !== undefined) return keepOrFree(address).finally(() => parts.session.invalidate());
      // recovery ends by itself, and soon for a node that has just joined
      if (error.reason !== 'node-recovering' || performance.now() + recoveryPauseMs >= untilMs)
        throw reserveEmpty(error);
      await sleep(recoveryPauseMs, limits.signal);
    }
  }
}

/** Undefined when the node has nothing that it may use by itself. */
async function bindOffline(ask: AllocateAsk, parts: LeaseParts): Promise<LeasedAddress | undefined> {
  const { addresses } = await parts.datapath.observe();
  return parts.ledger.bindOffline(ask.allocationId, new Set(addresses.map(({ ip }) => ip)));
}

/** docs/lease-protocol.md section 8. */
function mayBindOffline(refusal: IpamRefusal): boolean {
  return isAway(refusal) || refusal.reason === 'node-recovering';
}

function reserveEmpty(cause: IpamRefusal): IpamRefusal {
  const message = `no address can be had without the centre (${cause.reason}: ${cause.message})`;
  return new IpamRefusal('offline-reserve-empty', message, {
    retryAfterMs: cause.retryAfterMs ?? 2_000,
    details: { ...cause.details, centre: cause.reason },
    cause,
  });
}
