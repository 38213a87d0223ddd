import type { CloudApi } from '@terway/cloud';
import { IpamRefusal, type NodeRecord } from '@terway/ipam-core';
import { silentLogger } from '@terway/runtime';
import { EniCollector } from './eni-collector.js';
import { intentTags } from './refill-config.js';
import { TestNode } from './test-node.js';

const silence = new AbortController().signal;
const boundMs = 60_000;

function collectorOf(
  node: TestNode,
  over: Partial<CloudApi> = {},
  records = () => node.store.read('i-1'),
): EniCollector {
  const cloud = Object.assign(Object.create(node.cloud) as CloudApi, over);
  const store = { nodeIds: () => node.store.nodeIds(), read: records };
  return new EniCollector({ cloud, store, clusterId: 'c-1', boundMs, nowMs: () => node.nowMs, log: silentLogger });
}

async function inService(): Promise<TestNode> {
  const node = new TestNode();
  await node.open();
  await node.settle(node.replica());
  return node;
}

/** An ENI with these tags that no instance has. */
async function leave(node: TestNode, tags: Record<string, string>): Promise<string> {
  const call = {
    vSwitchId: 'vsw-1',
    securityGroupIds: ['sg-1'],
    secondaryAddresses: 1,
    tags,
    name: '',
    description: '',
  };
  const made = await node.cloud.createEni({ ...call, clientToken: `token-${Object.values(tags).join('-')}` }, silence);
  if (made.kind !== 'done') throw new Error(`the cloud is ${made.kind}`);
  return made.value.eniId;
}

async function left(node: TestNode): Promise<string[]> {
  const found = await node.cloud.listEnis({ status: 'Available' }, silence);
  return found.kind === 'done' ? found.value.map(({ eniId }) => eniId) : [];
}

async function lookFor(collector: EniCollector, node: TestNode, ms: number): Promise<void> {
  await collector.collect(silence);
  node.nowMs += ms;
  await collector.collect(silence);
  node.nowMs += 10_000;
}

it('deletes an ENI of a forgotten intent once two looks that are the bound apart have shown it', async () => {
  const node = await inService();
  const orphan = await leave(node, intentTags('c-1', 'forgotten'));
  const collector = collectorOf(node);
  await lookFor(collector, node, boundMs - 1);
  expect(await left(node)).toEqual([orphan]);
  await collector.collect(silence);
  node.nowMs += 10_000;
  expect(await left(node)).toEqual([]);
  expect(await node.enis()).toHaveLength(1);
  expect(await node.difference()).toEqual([]);
});

it('begins anew with an ENI that was explained in between', async () => {
  const node = await inService();
  const orphan = await leave(node, intentTags('c-1', 'forgotten'));
  let record: NodeRecord | undefined = node.known();
  const collector = collectorOf(node, {}, async () => record);
  await lookFor(collector, node, boundMs / 2);
  const eni = [...node.known().enis.values()][0];
  if (eni === undefined) throw new Error('the node has no ENI');
  record = { ...node.known(), enis: new Map([[orphan, { ...eni, eniId: orphan }]]) };
  await lookFor(collector, node, boundMs);
  record = node.known();
  await lookFor(collector, node, boundMs / 2);
  expect(await left(node)).toEqual([orphan]);
});

describe('never touches', () => {
  it.each([
    ['what another cluster has made', intentTags('c-2', 'x')],
    ['what carries the mark of other tools alone', { creator: 'terway' }],
    ['what carries our tag but was made by no intent', { 'terway.alibabacloud.com/cluster': 'c-1' }],
  ])('%s', async (_, tags) => {
    const node = await inService();
    const foreign = await leave(node, tags);
    await lookFor(collectorOf(node), node, 10 * boundMs);
    expect(await left(node)).toEqual([foreign]);
  });

  it('an ENI that an instance has, though no record knows it', async () => {
    const node = await inService();
    await lookFor(
      collectorOf(node, {}, async () => undefined),
      node,
      10 * boundMs,
    );
    expect(await node.enis()).toHaveLength(1);
  });

  it('an ENI of an intent that is open, made or not yet known to be made', async () => {
    const node = new TestNode();
    await node.open();
    node.failNext('createEni', { kind: 'lost-answer' });
    await node.pass(node.replica());
    const [intent] = node.known().intents.values();
    expect(intent).toMatchObject({ kind: 'create-eni', eniId: '' });
    expect(await left(node)).toHaveLength(1);
    await lookFor(collectorOf(node), node, 10 * boundMs);
    expect(await left(node)).toHaveLength(1);
  });

  it('anything while a record cannot be read: it may explain the ENI', async () => {
    const node = await inService();
    const orphan = await leave(node, intentTags('c-1', 'forgotten'));
    const unreadable = async (): Promise<never> => {
      throw new IpamRefusal('schema-too-new', 'a later release wrote it');
    };
    const collector = collectorOf(node, {}, unreadable);
    await expect(lookFor(collector, node, boundMs)).rejects.toThrow('a later release wrote it');
    expect(await left(node)).toEqual([orphan]);
  });

  it('anything when the listing fails', async () => {
    const node = await inService();
    const orphan = await leave(node, intentTags('c-1', 'forgotten'));
    await lookFor(collectorOf(node, { listEnis: async () => ({ kind: 'unknown', cause: 'away' }) }), node, boundMs);
    expect(await left(node)).toEqual([orphan]);
  });
});
