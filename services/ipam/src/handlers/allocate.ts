import type { IpamHandlers } from '@terway/api';
import type { IpamHandlerParts } from './ipam.js';
import { parseFence, parseOwner, parsePod, requireText } from './parse.js';
import { renderAddress } from './render.js';

type AllocateParts = Pick<IpamHandlerParts, 'allocator' | 'authenticate' | 'allocateMs'>;

/** An address for an owner. */
export function allocateHandler({ allocator, authenticate, allocateMs }: AllocateParts): IpamHandlers['allocate'] {
  return async (request, call) => {
    const { instanceId, fence } = parseFence(request.fence);
    const nodeId = authenticate(call, instanceId);
    const allocationId = requireText('allocation_id', request.allocationId);
    const asked = { fence, owner: parseOwner(request.owner), allocationId, pod: parsePod(request.pod) };
    const { signal, stopping, deadlineMs = allocateMs } = call;
    const { grant, agentSeq } = await allocator.allocate(nodeId, asked, { signal, stopping, deadlineMs });
    return { address: renderAddress(grant), agentSeq, generation: fence.generation, session: fence.session };
  };
}
