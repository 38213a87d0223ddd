import { attachPod, type AttachParts } from './attach-pod.js';
import type { PluginCalls } from './cni/plugin-calls.js';
import { detachPod } from './detach-pod.js';
import type { AddressLedger } from './address-ledger.js';
import type { IpamSession } from './ipam-session.js';
import type { LeaseKeeper } from './lease-keeper.js';
import { entryOf, isAttached, isReleasing } from './journal/journal.js';

export interface AgentCallParts extends AttachParts {
  readonly session: AttachParts['session'] & Pick<IpamSession, 'online' | 'lastRefusal'>;
  readonly ledger: AttachParts['ledger'] & Pick<AddressLedger, 'offlineReserve'>;
  readonly keeper: Pick<LeaseKeeper, 'look'>;
  readonly addTimeoutMs: number;
}

/** What a runtime can ask of this agent. */
export function pluginCalls(parts: AgentCallParts): PluginCalls {
  const { journal, datapath, addTimeoutMs } = parts;
  return {
    attach: (wish, signal) => attachPod(wish, parts, { signal, allocateMs: addTimeoutMs }),
    detach: (owner) => detachPod(owner, parts),
    attached: (owner) => {
      const entry = entryOf(journal, owner);
      return entry !== undefined && isAttached(entry) ? entry : undefined;
    },
    owners: (network) =>
      journal
        .entries()
        .filter((entry) => !isReleasing(entry) && entry.owner.network === network)
        .map(({ owner }) => owner),
    missing: ({ attachment }) => datapath.missing(attachment),
    netnsKind: (path) => datapath.netnsKind(path),
    notReady: () => whyNotReady(parts),
  };
}

/** A pool that was empty when the centre was last asked may have been filled since. */
async function whyNotReady({ session, ledger, keeper }: AgentCallParts): Promise<string | undefined> {
  if (ledger.offlineReserve() > 0) return undefined;
  await keeper.look();
  if (ledger.offlineReserve() > 0) return undefined;
  if (session.online) return 'no address is idle on this node';
  const why = session.lastRefusal === '' ? 'has not answered yet' : `refused: ${session.lastRefusal}`;
  return `the address manager ${why}, and no address can be had without it`;
}
