import type { IpamHandlers } from '@terway/api';
import { accepted } from '../accepted.js';
import type { IpamHandlerParts } from './ipam.js';
import { parseFence, parseOwner, requireText } from './parse.js';

type ReleaseParts = Pick<IpamHandlerParts, 'store' | 'authenticate' | 'nowMs' | 'wakeRefill'>;

/** Lets an address go. */
export function releaseHandler({ store, authenticate, nowMs, wakeRefill }: ReleaseParts): IpamHandlers['release'] {
  return async (request, call) => {
    const { instanceId, fence } = parseFence(request.fence);
    const nodeId = authenticate(call, instanceId);
    const allocationId = requireText('allocation_id', request.allocationId);
    const addressInUse = request.cause === 'RELEASE_CAUSE_ADDRESS_IN_USE';
    const command = { kind: 'release', fence, owner: parseOwner(request.owner), allocationId, addressInUse } as const;
    const { agentSeq } = accepted(await store.apply<'release'>(nodeId, command, nowMs()));
    wakeRefill(nodeId);
    return { agentSeq };
  };
}
