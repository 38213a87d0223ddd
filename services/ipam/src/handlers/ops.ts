import type { LeaseInput, ListLeasesRequest, NodeInput, OpsHandlers } from '@terway/api';
import {
  type Address,
  defaultTimes,
  IpamRefusal,
  type NodeRecord,
  type Recovery,
  sharedCapacity,
} from '@terway/ipam-core';
import type { VSwitchBook } from '../refill/vswitch-book.js';
import type { NodeStore } from '../store/node-store.js';

export interface OpsParts {
  readonly store: Pick<NodeStore, 'nodeIds' | 'read'>;
  readonly book: Pick<VSwitchBook, 'list'>;
  readonly nowMs: () => number;
}

/** A node as its record says, or why nobody can read that. */
type Found = { readonly record: NodeRecord } | { readonly nodeId: string; readonly unreadable: IpamRefusal };

const { silentMs } = defaultTimes;

/** What on-call engineers ask. */
export function opsHandlers({ store, book, nowMs }: OpsParts): OpsHandlers {
  const nodes = async (): Promise<Found[]> =>
    (await Promise.all((await store.nodeIds()).map((id) => find(store, id)))).filter((found) => found !== undefined);
  return {
    listLeases: async (request) => {
      const records = (await nodes()).flatMap((found) => ('record' in found ? found.record : []));
      const wanted = records.filter(
        ({ nodeId, nodeName }) => request.node === '' || request.node === nodeId || request.node === nodeName,
      );
      const leases = wanted.flatMap((record) => [...record.addresses.values()].map((a) => leaseOf(record, a)));
      return { leases: leases.filter((lease) => matches(lease, request)) };
    },
    listNodes: async () => ({
      nodes: (await nodes()).map((found) =>
        'record' in found ? nodeOf(found.record, nowMs()) : unreadableNode(found.nodeId, found.unreadable),
      ),
    }),
    listVSwitches: async () => ({
      vswitches: (await book.list()).map(({ vSwitchId, zoneId, cidr, free, reserved, fullUntilMs, observedAtMs }) => ({
        ...{ vswitchId: vSwitchId, zoneId, cidr, free, reserved, observedAtMs },
        full: fullUntilMs > nowMs(),
      })),
    }),
  };
}

/** One record that a later release has written must not hide all others. */
async function find(store: OpsParts['store'], nodeId: string): Promise<Found | undefined> {
  try {
    const record = await store.read(nodeId);
    return record === undefined ? undefined : { record };
  } catch (error) {
    if (error instanceof IpamRefusal && error.reason === 'schema-too-new') return { nodeId, unreadable: error };
    throw error;
  }
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

function unreadableNode(instanceId: string, { reason, message }: IpamRefusal): NodeInput {
  return { instanceId, health: 'unreadable', healthDetail: `${reason}: ${message}` };
}

function healthOf(record: NodeRecord, nowMs: number): { readonly health: string; readonly detail: string } {
  if (record.frozenUntilMs > nowMs) return { health: 'frozen', detail: 'two agents claim this node' };
  if (record.recovery !== undefined) {
    return { health: 'recovering', detail: `${record.recovery.cause}, ${awaited(record.recovery)}` };
  }
  const { synced, lastRenewMs } = record.agent;
  if (!synced) return { health: 'silent', detail: 'no agent has a session' };
  if (nowMs - lastRenewMs >= silentMs) {
    return { health: 'silent', detail: `its agent has not renewed for ${Math.floor((nowMs - lastRenewMs) / 1_000)} s` };
  }
  const { obstacle } = record;
  return { health: 'ok', detail: obstacle === undefined ? '' : `${obstacle.reason}: ${obstacle.message}` };
}

function awaited({ reported }: Recovery): string {
  return reported ? 'waits for a listing of the cloud' : 'waits for the report of its agent';
}
