import { defaultTimes, fieldsOf, type NodeRecord } from '@terway/ipam-core';
import { modelTimes } from '@terway/ipam-core/model/world';
import { describeNodeStore } from './node-store.contract.js';
import type { RedisConnection } from './redis-connection.js';
import { keysOf } from './redis-keys.js';
import { RedisNodeStore } from './redis-node-store.js';
import { RedisRecords } from './redis-record.js';
import { historyOf } from './test-histories.js';
import { startTestRedis, type TestRedis } from './test-redis.js';

let server: TestRedis;
let redis: RedisConnection;
let ids = 0;
const newId = (): string => `id-${(ids += 1)}`;

beforeAll(async () => {
  server = await startTestRedis();
  redis = await server.connect();
});
afterAll(() => server.stop());
beforeEach(() => redis.call('FLUSHALL', []));

const startMs = 1_764_000_000_000;
const keys = keysOf('c1');
const storeOf = (connection = redis, times = defaultTimes): RedisNodeStore =>
  new RedisNodeStore({ redis: connection, keys, times, newId });

describeNodeStore('redis', async () => {
  const connection = await server.connect();
  return { store: storeOf(connection, modelTimes), stop: () => connection.close() };
});

describe('a store in Redis', () => {
  it('answers and keeps what step does, through histories with losses and repeats', async () => {
    const store = storeOf(redis, modelTimes);
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 25; seed++) {
      await redis.call('FLUSHALL', []);
      const stored = new Map<string, NodeRecord | undefined>();
      for (const { nodeId, before, command, nowMs, after, reply } of historyOf(seed, 150)) {
        if (stored.get(nodeId) !== before) await replace(nodeId, before);
        expect(await store.apply(nodeId, command, nowMs)).toEqual(reply);
        expect(await store.read(nodeId)).toEqual(after);
        stored.set(nodeId, after);
        kinds.add(command.kind);
      }
    }
    expect(kinds.size).toBeGreaterThanOrEqual(12);
  });

  it('loses nothing when replicas write the same record at once', async () => {
    const stores = [storeOf(), storeOf(await server.connect()), storeOf(await server.connect())];
    const { session, generation, first } = await ready(stores[0]);
    const fence = { incarnation: 'i1', session, generation, lastAgentSeq: 0 };
    const released = Array.from({ length: 30 }, (_, i) => `a${i}`);
    const commands = released.map(async (allocationId, i) => {
      const store = stores[i % stores.length] ?? first;
      const owner = { network: 'terway', sandboxId: `s${i}`, interfaceName: 'eth0' };
      const release = { kind: 'release', fence, owner, allocationId, addressInUse: false } as const;
      const claim = { kind: 'claim', token: 'r1' } as const;
      return Promise.all([store.apply('n1', release, startMs), store.apply('n1', claim, startMs + i)]);
    });
    for (const replies of await Promise.all(commands)) {
      for (const reply of replies) if (!reply.ok) expect(reply.refusal.reason).toBe('record-changed');
    }
    const record = await first.read('n1');
    expect([...(record?.tombstones.keys() ?? [])].toSorted()).toEqual(released.toSorted());
    expect(record?.agent.seq).toBe(1 + released.length);
  });

  it('names the nodes that have a record, and finds them again after the registry is lost', async () => {
    const { first: store, session, generation } = await ready(storeOf());
    await store.apply('n2', { kind: 'claim', token: 'r1' }, startMs);
    expect(await store.nodeIds()).toEqual(['n1']);
    await redis.call('DEL', [keys.registry]);
    const fence = { incarnation: 'i1', session, generation, lastAgentSeq: 0 };
    await store.apply(
      'n1',
      { kind: 'renew', fence, journalDigest: '', departed: [], seenMacs: [], seed: 't' },
      startMs,
    );
    expect(await store.nodeIds()).toEqual(['n1']);
  });

  it('refuses a record of a later release, and leaves it as it is', async () => {
    const { first: store } = await ready(storeOf());
    await redis.call('HSET', [keys.record('n1'), 'limits', '2{"enis":"many"}']);
    const refused = { reason: 'schema-too-new', details: { field: 'limits', found: '2' } };
    await expect(store.read('n1')).rejects.toMatchObject(refused);
    await expect(store.apply('n1', { kind: 'suspect' }, startMs)).rejects.toMatchObject(refused);
    expect(await redis.call('HGET', [keys.record('n1'), 'limits'])).toBe('2{"enis":"many"}');
  });

  it('keeps no key with a time to live', async () => {
    await ready(storeOf());
    for (const key of [keys.record('n1'), keys.requests('n1'), keys.registry]) {
      expect(await redis.call('TTL', [key])).toBe(-1);
    }
  });
});

describe('a commit', () => {
  it('writes only over the revision that was read', async () => {
    expect(await write('r1', '', 'one')).toBe(true);
    expect(await write('r2', '', 'two')).toBe(false);
    expect(await write('r3', 'r0', 'three')).toBe(false);
    expect(await storedName()).toBe('one');
    expect(await write('r4', 'r1', 'four')).toBe(true);
    expect(await storedName()).toBe('four');
  });

  it('is not kept back by pods that go on waiting, and does not set the clock back', async () => {
    const { first: store, session, generation } = await ready();
    await store.apply('n1', { kind: 'claim', token: 'r1' }, startMs);
    const nothing = { guard: { token: 'r1', generation }, beganAtMs: startMs, enis: [], seed: 't' };
    await store.apply('n1', { kind: 'listing', ...nothing }, startMs);
    const wait = async (sandboxId: string, nowMs: number): Promise<unknown> => {
      const fence = { incarnation: 'i1', session, generation, lastAgentSeq: 1 };
      const owner = { network: 'terway', sandboxId, interfaceName: 'eth0' };
      const pod = { namespace: 'default', name: sandboxId, uid: sandboxId };
      const untilMs = startMs + 20_000;
      const command = { kind: 'allocate', fence, owner, allocationId: `a-${sandboxId}`, pod, untilMs } as const;
      return store.apply('n1', command, nowMs);
    };
    await wait('s1', startMs);
    const { revision } = await new RedisRecords(redis, keys).read('n1');
    expect(await wait('s1', startMs + 50)).toMatchObject({ ok: true, value: { kind: 'waiting' } });
    expect(await write('r1', revision, 'two')).toBe(true);
    expect(await store.read('n1')).toMatchObject({ nodeName: 'two', clockMs: startMs + 50 });
    await wait('s2', startMs + 60);
    expect(await write('r2', 'r1', 'three')).toBe(false);
  });

  it('is carried out once, however often it is sent', async () => {
    await write('r1', '', 'one');
    await write('r2', 'r1', 'two');
    expect(await write('r1', '', 'one')).toBe(true);
    expect(await storedName()).toBe('two');
  });

  it('changes nothing when it is repeated after its table was lost', async () => {
    await write('r1', '', 'one');
    await redis.call('DEL', [keys.requests('n1')]);
    expect(await write('r1', '', 'one')).toBe(true);
    await write('r2', 'r1', 'two');
    await redis.call('DEL', [keys.requests('n1')]);
    expect(await write('r1', '', 'one')).toBe(false);
    expect(await storedName()).toBe('two');
  });

  it('remembers 32 requests, and none longer than 10 minutes', async () => {
    const records = new RedisRecords(redis, keys);
    for (let i = 1; i <= 40; i++) {
      const changes = new Map([['name', `${i}`]]);
      const revision = i === 1 ? '' : `r${i - 1}`;
      await records.commit('n1', { requestId: `r${i}`, revision, changes, nowMs: startMs + i });
    }
    expect(await redis.call('HLEN', [keys.requests('n1')])).toBe(32);
    expect(await redis.call('HEXISTS', [keys.requests('n1'), 'r9'])).toBe(1);
    const changes = new Map([['name', 'late']]);
    await records.commit('n1', { requestId: 'late', revision: 'r40', changes, nowMs: startMs + 600_041 });
    expect(await redis.call('HKEYS', [keys.requests('n1')])).toEqual(['late']);
  });
});

/** A store that lost a record, or has an older one. */
async function replace(nodeId: string, record: NodeRecord | undefined): Promise<void> {
  await redis.call('DEL', [keys.record(nodeId)]);
  if (record !== undefined) {
    await redis.call('HSET', [keys.record(nodeId), ...[...fieldsOf(record)].flat(), 'rev', newId()]);
  }
}

/** Node n1 in service: opened and synced, with nothing wired. */
async function ready(first = storeOf()): Promise<{ first: RedisNodeStore; session: string; generation: string }> {
  const opening = { incarnation: 'i1', generation: '', lastAgentSeq: 0 };
  const made = { nodeName: 'one', newSession: 's1', newGeneration: 'g1' };
  await first.apply('n1', { kind: 'open', nodeId: 'n1', fence: opening, ...made }, startMs);
  const fence = { incarnation: 'i1', session: 's1', generation: 'g1', lastAgentSeq: 0 };
  const nothing = { wired: [], cooling: [], departed: [], seenMacs: [], journalIntact: true };
  await first.apply('n1', { kind: 'sync', fence, ...nothing, seed: 't' }, startMs);
  return { first, session: 's1', generation: 'g1' };
}

async function write(requestId: string, revision: string, name: string): Promise<boolean> {
  const records = new RedisRecords(redis, keys);
  return records.commit('n1', { requestId, revision, changes: new Map([['name', name]]), nowMs: startMs });
}

function storedName(): Promise<unknown> {
  return redis.call('HGET', [keys.record('n1'), 'name']);
}
