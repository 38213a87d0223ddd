import type { LeaseInput, ListLeasesRequest, NodeInput, OpsHandlers } from '@terway/api';
import { type Address, type NodeRecord, sharedCapacity } from '@terway/ipam-core';
import type { VSwitchBook } from '../refill/vswitch-book.js';
import type { NodeStore } from '../store/node-store.js';

export interface OpsParts {
  readonly store: Pick<NodeStore, 'nodeIds' | 'read'>;
  readonly book: Pick<VSwitchBook, 'list'>;
  readonly nowMs: () => number;
}

/** What on-call engineers ask. */
export function opsHandlers({ store, book, nowMs }: OpsParts): OpsHandlers {
  const records = async (): Promise<NodeRecord[]> => {
    const found = await Promise.all((await store.nodeIds()).map((id) => store.read(id)));
    return found.filter((record) => record !== undefined);
  };
  return {
    listLeases: async (request) => {
      const wanted = (await records()).filter(
        ({ nodeId, nodeName }) => request.node === '' || request.node === nodeId || request.node === nodeName,
      );
      const leases = wanted.flatMap((record) => [...record.addresses.values()].map((a) => leaseOf(record, a)));
      return { leases: leases.filter((lease) => matches(lease, request)) };
    },
    listNodes: async () => ({ nodes: (await records()).map((record) => nodeOf(record, nowMs())) }),
    listVSwitches: async () => ({
      vswitches: (await book.list()).map(({ vSwitchId, zoneId, cidr, free, reserved, fullUntilMs, observedAtMs }) => ({
        ...{ vswitchId: vSwitchId, zoneId, cidr, free, reserved, observedAtMs },
        full: fullUntilMs > nowMs(),
      })),
    }),
  };
}

function leaseOf(record: NodeRecord, address: Address): LeaseInput {
  const { ip, eniId, state, sinceMs } = address;
  const eni = record.enis.get(eniId);
  const holder = 'holder' in state ? state.holder : undefined;
  return {
    ...{ ip, eniId, state: state.kind, sinceAtMs: sinceMs },
    instanceId: record.nodeId,
    nodeName: record.nodeName,
    vswitchId: eni?.vSwitchId ?? '',
    zoneId: eni?.zoneId ?? '',
    podNamespace: holder?.pod.namespace ?? '',
    podName: holder?.pod.name ?? '',
    sandboxId: holder?.owner.sandboxId ?? '',
    interfaceName: holder?.owner.interfaceName ?? '',
    allocationId: holder?.allocationId ?? '',
  };
}

function matches(lease: LeaseInput, { pod, ip, state }: ListLeasesRequest): boolean {
  if (pod !== '' && pod !== `${lease.podNamespace}/${lease.podName}`) return false;
  return (ip === '' || ip === lease.ip) && (state === '' || state === lease.state);
}

function nodeOf(record: NodeRecord, nowMs: number): NodeInput {
  const { limits, agent, enis, demand, intents } = record;
  const kinds = [...record.addresses.values()].map(({ state }) => state.kind);
  const count = (kind: string): number => kinds.filter((other) => other === kind).length;
  const [idle, bound] = [count('idle'), count('bound')];
  const { health, detail } = healthOf(record, nowMs);
  return {
    instanceId: record.nodeId,
    nodeName: record.nodeName,
    zoneId: limits?.zoneId ?? '',
    instanceType: limits?.instanceType ?? '',
    capacity: limits === undefined ? 0 : sharedCapacity(limits),
    ...{ idle, bound, other: kinds.length - idle - bound, waiting: demand.size, enis: enis.size },
    health,
    healthDetail: detail,
    lastRenewAtMs: agent.lastRenewMs,
    openIntents: intents.size,
  };
}

function healthOf(record: NodeRecord, nowMs: number): { readonly health: string; readonly detail: string } {
  if (record.frozenUntilMs > nowMs) return { health: 'frozen', detail: 'two agents claim this node' };
  if (record.recovery !== undefined) {
    const { cause, reported, listed } = record.recovery;
    const missing = reported
      ? listed
        ? ''
        : ', waits for a listing of the cloud'
      : ', waits for the report of its agent';
    return { health: 'recovering', detail: `${cause}${missing}` };
  }
  if (!record.agent.synced) return { health: 'silent', detail: 'no agent has a session' };
  return {
    health: 'ok',
    detail: record.obstacle === undefined ? '' : `${record.obstacle.reason}: ${record.obstacle.message}`,
  };
}
