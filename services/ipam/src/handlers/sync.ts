import type { IpamHandlers, WiredAddress as WireWired } from '@terway/api';
import type { WiredAddress } from '@terway/ipam-core';
import { accepted } from '../accepted.js';
import type { IpamHandlerParts } from './ipam.js';
import { parseFence, parseOwner, parsePod, requireIp } from './parse.js';
import { renderView } from './render.js';

/** The node's full statement: the record is made equal to it. */
export function syncHandler(parts: SyncParts): IpamHandlers['sync'] {
  const { store, authenticate, nowMs, newId, wakeRefill, syncs } = parts;
  return async (request, call) => {
    const { instanceId, fence } = parseFence(request.fence);
    const nodeId = authenticate(call, instanceId);
    const { departed, cooling, seenMacs, journalIntact } = request;
    const wired = request.wired.map(parseWired);
    for (const { ip } of cooling) requireIp('cooling.ip', ip);
    for (const { ip } of departed) requireIp('departed.ip', ip);
    const stated = { wired, cooling, departed, seenMacs, journalIntact };
    const command = { kind: 'sync', fence, ...stated, seed: newId() } as const;
    const podsWait = ((await store.read(nodeId))?.demand.size ?? 0) > 0;
    const reply = await syncs.run(podsWait, call.signal, () => store.apply<'sync'>(nodeId, command, nowMs()));
    const { agentSeq, view } = accepted(reply);
    wakeRefill(nodeId);
    return { agentSeq, view: renderView(view) };
  };
}

type SyncParts = Pick<IpamHandlerParts, 'syncs' | 'store' | 'authenticate' | 'nowMs' | 'newId' | 'wakeRefill'>;

function parseWired({ ip, owner, allocationId, pod, eniMac }: WireWired): WiredAddress {
  requireIp('wired.ip', ip);
  if (owner === null) return { ip, eniMac };
  return { ip, eniMac, holder: { owner: parseOwner(owner), allocationId, pod: parsePod(pod) } };
}
