import type { NodeFence, Owner as WireOwner, Pod as WirePod } from '@terway/api';
import { type Fence, IpamRefusal, type Owner, type Pod } from '@terway/ipam-core';

/** @throws IpamRefusal `invalid-request`, with the field, what was expected and what came */
export function invalid(field: string, expected: string, got: unknown): IpamRefusal {
  const text = got === null || got === undefined ? 'nothing' : JSON.stringify(got);
  return new IpamRefusal('invalid-request', `${field}: expected ${expected}, got ${text}`, { details: { field } });
}

export function parseFence(fence: NodeFence | null): { readonly instanceId: string; readonly fence: Fence } {
  if (fence === null) throw invalid('fence', 'a NodeFence', fence);
  const { instanceId, incarnation, session, generation, lastAgentSeq } = fence;
  requireText('fence.instance_id', instanceId);
  requireText('fence.incarnation', incarnation);
  if (!Number.isSafeInteger(lastAgentSeq) || lastAgentSeq < 0) {
    throw invalid('fence.last_agent_seq', 'a whole number from 0', lastAgentSeq);
  }
  return { instanceId, fence: { incarnation, session, generation, lastAgentSeq } };
}

export function parseOwner(owner: WireOwner | null): Owner {
  if (owner === null) throw invalid('owner', 'an Owner', owner);
  requireText('owner.network', owner.network);
  requireText('owner.sandbox_id', owner.sandboxId);
  requireText('owner.interface_name', owner.interfaceName);
  return { network: owner.network, sandboxId: owner.sandboxId, interfaceName: owner.interfaceName };
}

export function parsePod(pod: WirePod | null): Pod {
  return { namespace: pod?.namespace ?? '', name: pod?.name ?? '', uid: pod?.uid ?? '' };
}

const longest = 1_024;

export function requireText(field: string, value: string): string {
  if (value === '' || value.length > longest) throw invalid(field, `1 to ${longest} characters`, value);
  return value;
}
