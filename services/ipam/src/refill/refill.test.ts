import type { CloudApi } from '@terway/cloud';
import { InstanceLimits } from './instance-limits.js';
import { refused, TestNode } from './test-node.js';
import { type Around, calling, dyingAt } from './test-ports.js';

async function inService(options: ConstructorParameters<typeof TestNode>[0] = {}): Promise<TestNode> {
  const node = new TestNode(options);
  await node.open();
  return node;
}

describe('filling a node', () => {
  it('creates an ENI with its addresses, and offers them once the agent sees it', async () => {
    const node = await inService();
    const record = await node.settle(node.replica());
    expect(node.count('idle')).toBe(2);
    expect([...record.enis.values()].map(({ status, seen }) => [status, seen])).toEqual([['in-use', true]]);
    expect(await node.difference()).toEqual([]);
    expect(node.became).toEqual(['create-eni: created', 'create-eni: attach-requested']);
  });

  it('serves who waits, and keeps the low watermark beside', async () => {
    const node = await inService();
    const replica = node.replica();
    await node.settle(replica);
    await node.allocate('a');
    await node.allocate('b');
    expect((await node.allocate('c')).ok && node.count('idle')).toBe(0);
    await node.settle(replica);
    expect(await node.allocate('c')).toMatchObject({ ok: true, value: { kind: 'granted' } });
    await node.settle(replica);
    expect(node.count('idle')).toBeGreaterThanOrEqual(2);
  });

  it('uses every ENI slot and every address, then names the limit', async () => {
    const node = await inService();
    const replica = node.replica();
    for (let pod = 0; pod < 8; pod++) {
      await node.settle(replica);
      expect(await node.allocate(`p${pod}`)).toMatchObject({ value: { kind: 'granted' } });
    }
    await node.allocate('one-too-many');
    await node.settle(replica, 5);
    expect(node.known().obstacle?.reason).toBe('eni-limit-reached');
    expect(node.count('bound')).toBe(8);
  });

  it('gives back what lies above the high watermark, and a whole ENI when it is empty', async () => {
    const node = await inService({ minIdle: 6, maxIdle: 6 });
    await node.settle(node.replica());
    expect(await node.enis()).toHaveLength(2);
    const frugal = { ...node.replica(), config: lessIdle(node) };
    await node.settle(frugal);
    node.nowMs += 120_000;
    await node.renew();
    await node.settle(frugal);
    expect(node.count('idle')).toBe(2);
    expect(await node.enis()).toHaveLength(1);
    expect(await node.difference()).toEqual([]);
  });
});

function lessIdle(node: TestNode) {
  const { config } = node.replica();
  return () => ({ ...config(), poolPolicy: { ...config().poolPolicy, minIdle: 2, maxIdle: 2 } });
}

describe('a vSwitch without addresses', () => {
  const vSwitches = { 'vsw-1': '10.0.0.0/24', 'vsw-2': '10.0.1.0/24' };

  it('is left aside in the next pass, and another one of the zone is used', async () => {
    const node = await inService({ vSwitches });
    node.failNext('createEni', refused('InvalidVSwitchId.IpNotEnough', 'vswitch-exhausted'));
    const record = await node.settle(node.replica());
    expect(node.full).toHaveLength(1);
    expect([...record.enis.values()].map(({ vSwitchId }) => vSwitchId)).not.toEqual(node.full);
    expect(node.count('idle')).toBe(2);
  });

  it('is what a pod that waits is told of, in the words of the cloud', async () => {
    const node = await inService();
    await node.allocate('a');
    node.failNext('createEni', refused('InvalidVSwitchId.IpNotEnough', 'vswitch-exhausted'));
    const replica = node.replica();
    await node.pass(replica);
    await node.pass(replica);
    expect(node.known().obstacle).toMatchObject({
      reason: 'vswitch-exhausted',
      details: { vswitch_id: 'vsw-1', cloud_code: 'InvalidVSwitchId.IpNotEnough', request_id: 'R-1' },
    });
  });
});

describe('an answer that does not come', () => {
  it.each(['lost-call', 'lost-answer'] as const)('of a creation (%s) ends in one ENI', async (kind) => {
    const node = await inService();
    node.failNext('createEni', { kind });
    await node.settle(node.replica());
    expect(await node.enis()).toHaveLength(1);
    expect(await node.difference()).toEqual([]);
    expect(node.count('idle')).toBe(2);
  });

  it.each(['lost-call', 'lost-answer'] as const)('of an assignment (%s) doubles no address', async (kind) => {
    const node = await inService();
    const replica = node.replica();
    await node.settle(replica);
    node.failNext('assignAddresses', { kind });
    await node.allocate('a');
    await node.settle(replica);
    expect(await node.difference()).toEqual([]);
    expect((await node.enis()).flatMap(({ ips }) => ips)).toHaveLength(3);
  });

  it.each(['createEni', 'assignAddresses'] as const)(
    'of %s counts, though the repetition is refused',
    async (action) => {
      const node = await inService();
      const replica = node.replica();
      if (action === 'assignAddresses') {
        await node.settle(replica);
        await node.allocate('a');
      }
      const before = (await node.enis()).flatMap(({ ips }) => ips).length;
      node.failNext(action, { kind: 'lost-answer' });
      node.failNext(action, refused('InvalidVSwitchId.IpNotEnough', 'vswitch-exhausted'));
      await node.settle(replica);
      expect((await node.enis()).flatMap(({ ips }) => ips).length).toBeGreaterThan(before);
      expect(await node.enis()).toHaveLength(1);
      expect(await node.difference()).toEqual([]);
    },
  );

  it('is looked for as long as a listing may not show what the last repetition did', async () => {
    const node = await inService();
    node.failNext('createEni', { kind: 'lost-call' });
    await node.pass(node.replica());
    node.nowMs += 90_000;
    await node.renew();
    await node.settle(node.replica(blindFor(2)));
    expect(await node.enis()).toHaveLength(1);
    expect(await node.difference()).toEqual([]);
  });

  it.each(['lost-call', 'lost-answer', 'falls-back'] as const)('of an attachment (%s) is made good', async (kind) => {
    const node = await inService();
    node.failNext('attachEni', { kind });
    await node.settle(node.replica(), 60);
    expect(await node.enis()).toHaveLength(1);
    expect(node.count('idle')).toBe(2);
  });
});

it('deletes an ENI that the instance refuses to take', async () => {
  const node = await inService();
  node.failNext('attachEni', refused('EniPerInstanceLimitExceeded', 'eni-limit-reached'));
  const replica = node.replica();
  await node.pass(replica);
  await node.settle(replica, 60);
  expect(await node.enis()).toHaveLength(1);
  expect(await node.difference()).toEqual([]);
});

it('says that the cloud does not know the node', async () => {
  const node = await inService();
  const blind = Object.assign(Object.create(node.cloud) as CloudApi, {
    listInstances: async () => ({ kind: 'done', value: [], requestId: 'R' }) as const,
  });
  const limits = new InstanceLimits(blind);
  await node.pass({ ...node.replica(), limits });
  expect(node.known().obstacle?.reason).toBe('node-unknown');
});

/** Listings of tagged ENIs show nothing so often: they lag behind. */
function blindFor(listings: number): Around {
  let left = listings;
  return calling(async ({ method, args, through }) => {
    const byIntent = method === 'listEnis' && JSON.stringify(args[0]).includes('/intent');
    if (!byIntent || left === 0) return through();
    left -= 1;
    return { kind: 'done', value: [], requestId: 'R' };
  });
}

describe('a replica that dies at any of its calls', () => {
  it('leaves no ENI and no address doubled or forgotten for its successor', async () => {
    const whole = await inService();
    const counted = dyingAt(Infinity);
    await whole.settle(whole.replica(counted.around));
    const points = counted.calls();
    expect(points).toBeGreaterThan(20);
    for (let n = 1; n <= points; n++) {
      const node = await inService();
      await node.settle(node.replica(dyingAt(n).around), 12);
      node.nowMs += 6_000;
      await node.settle(node.replica(), 80);
      expect({ n, enis: (await node.enis()).length, difference: await node.difference() }).toEqual({
        n,
        enis: 1,
        difference: [],
      });
      expect({ n, idle: node.count('idle') }).toEqual({ n, idle: 2 });
    }
  });
});

describe('two replicas', () => {
  it('need not wait for each other once the node has what it needs', async () => {
    const node = await inService();
    await node.settle(node.replica());
    await node.allocate('a');
    await node.allocate('b');
    await node.allocate('c');
    const before = node.became.length;
    await node.pass(node.replica());
    expect(node.became.length).toBeGreaterThan(before);
  });

  it('never work on a node at once', async () => {
    const node = await inService();
    const first = node.replica();
    await node.pass(first);
    const before = node.became.length;
    await node.pass(node.replica());
    expect(node.became).toHaveLength(before);
    await node.pass(first);
    expect(node.became.length).toBeGreaterThan(before);
  });
});
