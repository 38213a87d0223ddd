import type { IpamHandlers } from '@terway/api';
import { accepted } from '../accepted.js';
import type { IpamHandlerParts } from './ipam.js';
import { parseFence } from './parse.js';
import { renderView } from './render.js';

type RenewParts = Pick<IpamHandlerParts, 'store' | 'authenticate' | 'nowMs' | 'newId' | 'wakeRefill'>;

/** The agent lives, and tells what its kernel shows. */
export function renewHandler({ store, authenticate, nowMs, newId, wakeRefill }: RenewParts): IpamHandlers['renew'] {
  return async (request, call) => {
    const { instanceId, fence } = parseFence(request.fence);
    const nodeId = authenticate(call, instanceId);
    const { journalDigest, departed, seenMacs } = request;
    const command = { kind: 'renew', fence, journalDigest, departed, seenMacs, seed: newId() } as const;
    const { agentSeq, view } = accepted(await store.apply<'renew'>(nodeId, command, nowMs()));
    if (departed.length > 0 || view.renewAfterMs > 0) wakeRefill(nodeId);
    return { agentSeq, view: renderView(view) };
  };
}
