import type { AgentHandlers } from '@terway/api';
import type { AddressLedger } from './address-ledger.js';
import type { IpamSession } from './ipam-session.js';
import { isAttached, type Journal, type JournalEntry } from './journal/journal.js';
import type { NodeInfo } from './node-info.js';

export interface AgentServiceParts {
  readonly node: NodeInfo;
  readonly journal: Journal;
  readonly session: IpamSession;
  readonly ledger: AddressLedger;
}

/** What tools on the node ask: the journal, and how the agent stands with the centre. */
export function agentHandlers({ node, journal, session, ledger }: AgentServiceParts): AgentHandlers {
  return {
    listSandboxes: async () => ({ sandboxes: journal.entries().map(describe) }),
    getStatus: async () => {
      const { incarnation, session: sessionId, generation } = session.fence;
      return {
        instanceId: node.instanceId,
        nodeName: node.nodeName,
        incarnation,
        session: sessionId,
        generation,
        online: session.online,
        lastRefusal: session.lastRefusal,
        offlineReserve: ledger.offlineReserve(),
      };
    },
  };
}

function describe(
  entry: JournalEntry,
): NonNullable<Awaited<ReturnType<AgentHandlers['listSandboxes']>>['sandboxes']>[number] {
  const { owner, pod, netns, state, allocationId } = entry;
  return {
    ...owner,
    podNamespace: pod.namespace,
    podName: pod.name,
    netns,
    state,
    allocationId,
    ...(isAttached(entry)
      ? { ip: entry.address.ip, eniMac: entry.address.eniMac, hostInterface: entry.attachment.hostIfName }
      : {}),
  };
}
