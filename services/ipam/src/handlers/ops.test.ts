import type { CallContext, LeaseInput, ListLeasesRequest, NodeInput } from '@terway/api';
import { IpamRefusal, type NodeRecord } from '@terway/ipam-core';
import type { ObservedVSwitch } from '../refill/vswitch-book.js';
import { TestNode } from '../refill/test-node.js';
import { opsHandlers } from './ops.js';

const none: ListLeasesRequest = { node: '', pod: '', ip: '', state: '' };
const call = {} as CallContext;

/** A node with two idle addresses and one pod. */
async function inService(): Promise<TestNode> {
  const node = new TestNode({ minIdle: 2 });
  await node.open();
  await node.settle(node.replica());
  await node.allocate('web-1');
  return node;
}

function opsOf(
  records: Readonly<Record<string, NodeRecord | Error>>,
  nowMs: number,
  vSwitches: ObservedVSwitch[] = [],
) {
  const read = async (id: string): Promise<NodeRecord | undefined> => {
    const found = records[id];
    if (found instanceof Error) throw found;
    return found;
  };
  const store = { nodeIds: async () => Object.keys(records), read };
  return opsHandlers({ store, book: { list: async () => vSwitches }, nowMs: () => nowMs });
}

async function nodeShown(record: NodeRecord | Error, nowMs: number): Promise<NodeInput | undefined> {
  return (await opsOf({ 'i-1': record }, nowMs).listNodes({}, call)).nodes?.[0];
}

describe('the leases', () => {
  it('show who holds what, and where it is', async () => {
    const node = await inService();
    const ops = opsOf({ 'i-1': node.known() }, node.nowMs);
    const { leases } = await ops.listLeases({ ...none, state: 'bound' }, call);
    const [eni] = node.known().enis.values();
    expect(leases).toEqual([
      {
        ...{ ip: expect.any(String), state: 'bound', sinceAtMs: node.nowMs },
        ...{ instanceId: 'i-1', nodeName: 'n1', eniId: eni?.eniId, vswitchId: 'vsw-1', zoneId: 'zone-a' },
        ...{ podNamespace: 'default', podName: 'web-1', sandboxId: 'web-1', interfaceName: 'eth0' },
        allocationId: 'web-1-1',
      },
    ]);
  });

  it.each([
    ['all of them', {}, 2],
    ['those of an instance', { node: 'i-1' }, 2],
    ['those of a node by its name', { node: 'n1' }, 2],
    ['those of a node that is not there', { node: 'n2' }, 0],
    ['those of a pod', { pod: 'default/web-1' }, 1],
    ['those of a pod in another namespace', { pod: 'kube-system/web-1' }, 0],
    ['those in a state', { state: 'idle' }, 1],
    ['those that match every filter', { pod: 'default/web-1', state: 'idle' }, 0],
    ['one address that is not there', { ip: '10.9.9.9' }, 0],
  ])('can be asked for as %s', async (_, filter, count) => {
    const node = await inService();
    const { leases } = await opsOf({ 'i-1': node.known() }, node.nowMs).listLeases({ ...none, ...filter }, call);
    expect(leases).toHaveLength(count);
  });

  it('can be asked for by address', async () => {
    const node = await inService();
    const [ip = ''] = node.known().addresses.keys();
    const { leases } = await opsOf({ 'i-1': node.known() }, node.nowMs).listLeases({ ...none, ip }, call);
    expect((leases as LeaseInput[]).map((lease) => lease.ip)).toEqual([ip]);
  });
});

describe('a node', () => {
  it('is shown with its counts', async () => {
    const node = await inService();
    expect(await nodeShown(node.known(), node.nowMs)).toEqual({
      ...{ instanceId: 'i-1', nodeName: 'n1', zoneId: 'zone-a', instanceType: 'ecs.small' },
      ...{ capacity: 8, idle: 1, bound: 1, other: 0, waiting: 0, enis: 1, openIntents: 0 },
      ...{ health: 'ok', healthDetail: '', lastRenewAtMs: node.nowMs },
    });
  });

  it.each<[string, (record: NodeRecord, nowMs: number) => Partial<NodeRecord>, string, string]>([
    ['what keeps its pool from growing', (_, nowMs) => obstacle(nowMs), 'ok', 'cloud-throttled: too many calls'],
    ['that two agents claim it', (_, nowMs) => ({ frozenUntilMs: nowMs + 1 }), 'frozen', 'two agents claim this node'],
    [
      'that its agent has not reported',
      (_, nowMs) => recovery(nowMs, false),
      'recovering',
      'seq-went-back, waits for the report of its agent',
    ],
    [
      'that the cloud has not been listed',
      (_, nowMs) => recovery(nowMs, true),
      'recovering',
      'seq-went-back, waits for a listing of the cloud',
    ],
    [
      'that no agent has a session',
      ({ agent }) => ({ agent: { ...agent, synced: false } }),
      'silent',
      'no agent has a session',
    ],
    [
      'that its agent is silent',
      ({ agent }, nowMs) => ({ agent: { ...agent, lastRenewMs: nowMs - 301_500 } }),
      'silent',
      'its agent has not renewed for 301 s',
    ],
    [
      'nothing of an agent that renewed a while ago',
      ({ agent }, nowMs) => ({ agent: { ...agent, lastRenewMs: nowMs - 299_999 } }),
      'ok',
      '',
    ],
  ])('says %s', async (_, change, health, healthDetail) => {
    const node = await inService();
    const record = { ...node.known(), ...change(node.known(), node.nowMs) };
    expect(await nodeShown(record, node.nowMs)).toMatchObject({ health, healthDetail });
  });

  it('that a later release has written hides no other', async () => {
    const node = await inService();
    const tooNew = new IpamRefusal('schema-too-new', 'i-0: schema 9 is not known');
    const ops = opsOf({ 'i-0': tooNew, 'i-1': node.known() }, node.nowMs);
    expect((await ops.listNodes({}, call)).nodes).toMatchObject([
      { instanceId: 'i-0', health: 'unreadable', healthDetail: 'schema-too-new: i-0: schema 9 is not known' },
      { instanceId: 'i-1', health: 'ok' },
    ]);
    expect((await ops.listLeases(none, call)).leases).toHaveLength(2);
  });

  it('is not shown from half a store', async () => {
    const away = new IpamRefusal('store-unavailable', 'no connection');
    await expect(nodeShown(away, 0)).rejects.toBe(away);
  });
});

function obstacle(nowMs: number): Partial<NodeRecord> {
  const times = { sinceMs: nowMs, retryAtMs: nowMs };
  return { obstacle: { reason: 'cloud-throttled', message: 'too many calls', details: {}, ...times } };
}

function recovery(sinceMs: number, reported: boolean): Partial<NodeRecord> {
  return { recovery: { cause: 'seq-went-back', sinceMs, needsListing: true, reported, listed: false } };
}

it('shows vSwitches, and which are full now', async () => {
  const seen: ObservedVSwitch = {
    ...{ vSwitchId: 'vsw-1', vpcId: 'vpc-1', zoneId: 'zone-a', cidr: '10.0.0.0/24', size: 256 },
    ...{ free: 7, reserved: 2, fullUntilMs: 1_000, observedAtMs: 500 },
  };
  const shown = { vswitchId: 'vsw-1', zoneId: 'zone-a', cidr: '10.0.0.0/24', free: 7, reserved: 2, observedAtMs: 500 };
  expect((await opsOf({}, 999, [seen]).listVSwitches({}, call)).vswitches).toEqual([{ ...shown, full: true }]);
  expect((await opsOf({}, 1_000, [seen]).listVSwitches({}, call)).vswitches).toEqual([{ ...shown, full: false }]);
});
