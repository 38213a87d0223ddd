import type { IpamHandlers, NodeFence as WireFence } from '@terway/api';
import { IpamRefusal } from '@terway/ipam-core';
import type { IpamClient, NodeFence, Statement, Viewed } from './ipam-client.js';

/** For tests: a centre of this process behind the wire contract, the mirror image of `grpcIpamClient`. */
export function memoryIpamHandlers(ipam: IpamClient): IpamHandlers {
  return {
    open: async ({ fence, nodeName }, call) => {
      const { cooldownMs, extraRoutes, ...opened } = await ipam.open(required(fence), nodeName, limits(call));
      return { ...opened, settings: { cooldownMs, extraRoutes: [...extraRoutes] } };
    },
    sync: async ({ fence, wired, ...said }, call) => {
      const statement: Statement = { ...said, wired: wired.map(readWired) };
      return onTheWire(await ipam.sync(required(fence), statement, limits(call)));
    },
    allocate: async ({ fence, owner, pod, allocationId }, call) => {
      const ask = { owner: required(owner), pod: required(pod), allocationId };
      return ipam.allocate(required(fence), ask, limits(call));
    },
    release: async ({ fence, owner, allocationId, cause }, call) => {
      const why = cause === 'RELEASE_CAUSE_ADDRESS_IN_USE' ? 'address-in-use' : 'normal';
      return ipam.release(required(fence), { owner: required(owner), allocationId, cause: why }, limits(call));
    },
    renew: async ({ fence, ...renewal }, call) => onTheWire(await ipam.renew(required(fence), renewal, limits(call))),
  };
}

type WireWired = Parameters<IpamHandlers['sync']>[0]['wired'][number];

function readWired({ ip, eniMac, owner, allocationId, pod }: WireWired): Statement['wired'][number] {
  return { ip, eniMac, ...(owner === null || pod === null ? {} : { holder: { owner, allocationId, pod } }) };
}

function onTheWire({ agentSeq, view }: Viewed): Awaited<ReturnType<IpamHandlers['renew']>> {
  const { idle, depart, departing, ...flags } = view;
  return { agentSeq, view: { ...flags, idle: [...idle], depart: [...depart], departing: [...departing] } };
}

function limits({ deadlineMs, signal }: { deadlineMs: number | undefined; signal: AbortSignal }): {
  deadlineMs: number;
  signal: AbortSignal;
} {
  return { deadlineMs: deadlineMs ?? 5_000, signal };
}

function required<T extends WireFence | NodeFence | object>(value: T | null): T {
  if (value === null) throw new IpamRefusal('invalid-request', 'a message of the request: expected one, got nothing');
  return value;
}
