import { defaultTimes, step, type CommandKind, type CommandOf, type NodeRecord } from '@terway/ipam-core';
import { silentLogger } from '@terway/runtime';
import { Redis } from 'ioredis';
import { RedisClientConnection } from './redis-client-connection.js';
import type { RedisConnection } from './redis-connection.js';
import { keysOf } from './redis-keys.js';
import { RedisNodeStore } from './redis-node-store.js';
import { clientOptions, connectSingle } from './redis-single.js';
import { startTestProxy, type TestProxy } from './test-proxy.js';
import { startTestRedis, type TestRedis } from './test-redis.js';

let server: TestRedis;
let proxy: TestProxy;
let redis: RedisConnection;
let store: RedisNodeStore;
let ids = 0;
const newId = (): string => `id-${(ids += 1)}`;
const keys = keysOf('c1');
const startMs = 1_764_000_000_000;

beforeAll(async () => {
  server = await startTestRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await (await server.connect()).call('FLUSHALL', []);
  proxy = await startTestProxy(server.url);
  redis = await connectSingle({ url: proxy.url, clientName: 'test', log: silentLogger });
  store = new RedisNodeStore({ redis, keys, times: defaultTimes, newId });
});
afterEach(async () => {
  await redis.close();
  await proxy.stop();
});

const fence = { incarnation: 'i1', session: 's1', generation: 'g1', lastAgentSeq: 0 };
const owner = { network: 'terway', sandboxId: 'sandbox', interfaceName: 'eth0' };
const pod = { namespace: 'default', name: 'web', uid: 'u1' };
const opening = { incarnation: 'i1', generation: '', lastAgentSeq: 0 };
const open = {
  kind: 'open',
  nodeId: 'n1',
  fence: opening,
  nodeName: 'one',
  newSession: 's1',
  newGeneration: 'g1',
} as const;
const nothing = { wired: [], cooling: [], departed: [], seenMacs: [], journalIntact: true };
const sync = { kind: 'sync', fence, ...nothing, seed: 't' } as const;
const renew = { kind: 'renew', fence, journalDigest: '', departed: [], seenMacs: [], seed: 't' } as const;
const allocate = { kind: 'allocate', fence, owner, allocationId: 'a1', pod, untilMs: startMs + 20_000 } as const;
const release = { kind: 'release', fence, owner, allocationId: 'a1', addressInUse: false } as const;
const guard = { token: 'r1', generation: 'g1' };
const claim = { kind: 'claim', token: 'r1' } as const;
const listing = { kind: 'listing', guard, beganAtMs: startMs, enis: [], seed: 't' } as const;
const limits = { instanceType: 't', zoneId: 'z', vpcId: 'v', vSwitchId: 'vsw-1', securityGroupIds: [], enis: 3 };
const setLimits = { kind: 'set-limits', guard, limits: { ...limits, ipsPerEni: 4 } } as const;
const create = { kind: 'create-eni', id: 'c1', vSwitchId: 'vsw-1', secondaryAddresses: 1 } as const;
const openIntent = { kind: 'open-intent', guard, intent: create } as const;

const history: readonly CommandOf<CommandKind>[] = [
  open,
  claim,
  listing,
  sync,
  renew,
  setLimits,
  openIntent,
  { kind: 'mark-sent', guard, intentId: 'c1', attempt: 1, paramsHash: 'p' },
  allocate,
  release,
];

describe('a call whose answer is lost', () => {
  it.each(history.map((command, i) => [command.kind, i] as const))('is carried out once: %s', async (_, lost) => {
    let record: NodeRecord | undefined;
    for (const [i, command] of history.slice(0, lost + 1).entries()) {
      const expected = step(record, command, startMs, defaultTimes);
      record = expected.record;
      if (i === lost) loseAnswerOfWrite(command);
      expect(await store.apply('n1', command, startMs)).toEqual(expected.reply);
    }
    expect(await store.read('n1')).toEqual(record);
  });
});

describe('a server that forgets, stops or goes away', () => {
  beforeEach(async () => {
    for (const command of [open, claim, listing, sync]) await store.apply('n1', command, startMs);
  });

  it('gets a script again that it has forgotten', async () => {
    await redis.call('SCRIPT', ['FLUSH']);
    expect(await store.apply('n1', allocate, startMs)).toMatchObject({ ok: true, value: { kind: 'waiting' } });
  });

  it('is waited for while it is away for a moment', async () => {
    proxy.down();
    const answer = store.apply('n1', allocate, startMs);
    setTimeout(() => proxy.up(), 200);
    expect(await answer).toMatchObject({ ok: true, value: { kind: 'waiting' } });
  });

  it('is given up when it stays away, in so many words', async () => {
    const impatient = impatientStore(proxy.url);
    await impatient.client.ping();
    proxy.down();
    await expect(impatient.store.apply('n1', allocate, startMs)).rejects.toMatchObject({
      name: 'IpamRefusal',
      reason: 'store-unavailable',
      retryAfterMs: 1_000,
    });
    await impatient.store.close();
  });

  it('is given up when it hangs, with an outcome that nobody knows', async () => {
    const impatient = impatientStore(server.url);
    await impatient.client.ping();
    server.process.kill('SIGSTOP');
    try {
      await expect(impatient.store.apply('n1', release, startMs)).rejects.toMatchObject({
        reason: 'store-unavailable',
        details: { cause: 'timeout', executed: 'unknown' },
      });
    } finally {
      server.process.kill('SIGCONT');
      await impatient.store.close();
    }
    // what was sent before the server woke counts once, however often it was sent
    expect(await store.apply('n1', release, startMs)).toEqual({ ok: true, value: { agentSeq: 2 } });
  });

  it('is not waited for any longer once the store is closed', async () => {
    proxy.down();
    const answer = store.apply('n1', allocate, startMs);
    const refused = expect(answer).rejects.toMatchObject({ reason: 'store-unavailable' });
    await store.close();
    await refused;
  });
});

it('starts without a server, refuses, and serves when the server is there', async () => {
  proxy.down();
  const late = await connectSingle({ url: proxy.url, clientName: 'test', log: silentLogger, readyWithinMs: 50 });
  const answer = new RedisNodeStore({ redis: late, keys, times: defaultTimes, newId }).apply('n1', open, startMs);
  proxy.up();
  expect(await answer).toMatchObject({ ok: true });
  await late.close();
});

it('is read-only while the server is a replica, and says so', async () => {
  const impatient = impatientStore(server.url);
  await impatient.client.replicaof('127.0.0.1', 1);
  try {
    await expect(impatient.store.apply('n1', open, startMs)).rejects.toMatchObject({
      reason: 'store-unavailable',
      details: { cause: expect.stringMatching(/^(read-only|not-connected)$/) },
    });
  } finally {
    await (await server.connect()).call('REPLICAOF', ['NO', 'ONE']);
    await impatient.store.close();
  }
});

/** Scripts write at once; of everything else the read comes first. */
function loseAnswerOfWrite(command: CommandOf<CommandKind>): void {
  if (command.kind === 'allocate' || command.kind === 'release') return proxy.loseNextAnswer();
  const run = redis.run.bind(redis);
  let calls = 0;
  redis.run = (script, values) => {
    calls += 1;
    if (calls === 2) proxy.loseNextAnswer();
    return run(script, values);
  };
}

/** The same store with little patience. */
function impatientStore(url: string): { readonly client: Redis; readonly store: RedisNodeStore } {
  const client = new Redis(url, { ...clientOptions, enableOfflineQueue: true, commandTimeout: 100 });
  client.on('error', () => undefined);
  const connection = new RedisClientConnection(client, {
    patienceMs: 300,
    monotonicMs: () => performance.now(),
    random01: () => 0,
  });
  return { client, store: new RedisNodeStore({ redis: connection, keys, times: defaultTimes, newId }) };
}
