import { Metadata } from '@grpc/grpc-js';
import { type IpamClient as WireClient, isUnreachable, refusalOf } from '@terway/api';
import { IpamRefusal } from '@terway/ipam-core';
import type { CallLimits, IpamClient, NodeFence, NodeView, Statement, WiredAddress } from './ipam-client.js';
import type { LeasedAddress } from './leased-address.js';

type WireView = Awaited<ReturnType<WireClient['renew']>>['view'];
type WireAddress = Awaited<ReturnType<WireClient['allocate']>>['address'];

const causeOnTheWire = {
  normal: 'RELEASE_CAUSE_NORMAL',
  'address-in-use': 'RELEASE_CAUSE_ADDRESS_IN_USE',
} as const;

/** The centre over gRPC. The instance id travels as metadata: there it is what a server may authenticate. */
export function grpcIpamClient(wire: WireClient, instanceId: string): IpamClient {
  const metadata = new Metadata();
  metadata.set('x-terway-instance-id', instanceId);
  const bounds = ({ deadlineMs, signal }: CallLimits): Parameters<WireClient['open']>[1] => ({
    deadlineMs,
    signal,
    metadata,
  });

  return {
    async open(fence, nodeName, limits) {
      const reply = await asked(wire.open({ fence, nodeName }, bounds(limits)), limits);
      const { session, generation, agentSeq, settings } = reply;
      const { cooldownMs = 0, extraRoutes = [] } = settings ?? {};
      return { session, generation, agentSeq, cooldownMs, extraRoutes };
    },
    async sync(fence, statement, limits) {
      const { agentSeq, view } = await asked(wire.sync(syncRequest(fence, statement), bounds(limits)), limits);
      return { agentSeq, view: readView(view) };
    },
    async allocate(fence, { owner, allocationId, pod }, limits) {
      const reply = await asked(wire.allocate({ fence, owner, allocationId, pod }, bounds(limits)), limits);
      return { ...reply, address: readAddress(reply.address) };
    },
    async release(fence, { owner, allocationId, cause }, limits) {
      const request = { fence, owner, allocationId, cause: causeOnTheWire[cause] };
      return asked(wire.release(request, bounds(limits)), limits);
    },
    async renew(fence, { journalDigest, departed, seenMacs }, limits) {
      const request = { fence, journalDigest, departed: [...departed], seenMacs: [...seenMacs] };
      const { agentSeq, view } = await asked(wire.renew(request, bounds(limits)), limits);
      return { agentSeq, view: readView(view) };
    },
  };
}

/** @throws IpamRefusal; or the reason of the caller's signal */
async function asked<T>(call: Promise<T>, { signal }: CallLimits): Promise<T> {
  try {
    return await call;
  } catch (error) {
    signal?.throwIfAborted();
    const refusal = refusalOf(error);
    if (refusal !== undefined) {
      const { reason, message, retryAfterMs, details } = refusal;
      throw new IpamRefusal(reason, message, { ...(retryAfterMs === undefined ? {} : { retryAfterMs }), details });
    }
    const what = isUnreachable(error) ? 'the address manager does not answer' : 'the address manager failed';
    const text = error instanceof Error ? error.message : String(error);
    throw new IpamRefusal('ipam-unavailable', `${what}: ${text}`, { cause: error });
  }
}

function syncRequest(fence: NodeFence, statement: Statement): Parameters<WireClient['sync']>[0] {
  return {
    fence,
    wired: statement.wired.map(wiredOnTheWire),
    cooling: [...statement.cooling],
    departed: [...statement.departed],
    seenMacs: [...statement.seenMacs],
    journalIntact: statement.journalIntact,
  };
}

function wiredOnTheWire({ ip, eniMac, holder }: WiredAddress): { ip: string; eniMac: string } {
  return { ip, eniMac, ...holder };
}

/** @throws IpamRefusal `ipam-unavailable`, when the answer lacks what the contract promises */
function readView(view: WireView): NodeView {
  if (view === null) throw new IpamRefusal('ipam-unavailable', 'view: expected the view of the node, got nothing');
  const { idle, depart, departing, renewAfterMs, resync, recovering } = view;
  return { idle: idle.map(readAddress), depart, departing, renewAfterMs, resync, recovering };
}

function readAddress(address: WireAddress): LeasedAddress {
  if (address !== null && address.ip !== '' && address.eniMac !== '') return address;
  throw new IpamRefusal('ipam-unavailable', 'address: expected an address with its ENI, got nothing');
}
