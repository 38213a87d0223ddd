import type { NodeFence, Owner as WireOwner, Pod as WirePod } from '@terway/api';
import { type Fence, IpamRefusal, type Owner, type Pod } from '@terway/ipam-core';
import ipaddr from 'ipaddr.js';

/** Longest text of any field. */
const longest = 1_024;
/** What is told of a value that is refused: a refusal travels in headers, and those have little room. */
const longestShown = 200;

/** @throws IpamRefusal `invalid-request`, with the field, what was expected and what came */
export function invalid(field: string, expected: string, got: unknown): IpamRefusal {
  return new IpamRefusal('invalid-request', `${field}: expected ${expected}, got ${shownAs(got)}`, {
    details: { field },
  });
}

function shownAs(got: unknown): string {
  if (got === null || got === undefined) return 'nothing';
  if (typeof got !== 'string' || got.length <= longestShown) return JSON.stringify(got);
  return `${JSON.stringify(got.slice(0, longestShown))} and ${got.length - longestShown} characters more`;
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
  const { namespace = '', name = '', uid = '' } = pod ?? {};
  for (const [field, value] of Object.entries({ namespace, name, uid })) {
    if (value.length > longest) throw invalid(`pod.${field}`, `at most ${longest} characters`, value);
  }
  return { namespace, name, uid };
}

export function requireText(field: string, value: string): string {
  if (value === '' || value.length > longest) throw invalid(field, `1 to ${longest} characters`, value);
  return value;
}

export function requireIp(field: string, value: string): string {
  if (!ipaddr.IPv4.isValidFourPartDecimal(value)) throw invalid(field, 'an IPv4 address', value);
  return value;
}
