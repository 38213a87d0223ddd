import { keysOf } from './redis-keys.js';
import { RedisVSwitchLedger } from './redis-vswitch-ledger.js';
import { startTestRedis, type TestRedis } from './test-redis.js';
import { describeVSwitchLedger } from './vswitch-ledger.contract.js';

let server: TestRedis;
beforeAll(async () => {
  server = await startTestRedis();
});
afterAll(() => server.stop());

describeVSwitchLedger('redis', async () => {
  const redis = await server.connect();
  await redis.call('FLUSHALL', []);
  return { ledger: new RedisVSwitchLedger(redis, keysOf('c1')), stop: () => redis.close() };
});

describe('reservations in Redis', () => {
  it('are forgotten when they are over, and seen by every replica', async () => {
    const [one, other] = [await server.connect(), await server.connect()];
    const keys = keysOf('c1');
    await one.call('FLUSHALL', []);
    const reservation = { vSwitchId: 'vsw-1', intentId: 'i1', count: 10, expiresAtMs: 2_000 };
    await new RedisVSwitchLedger(one, keys).reserve(reservation);
    const ledger = new RedisVSwitchLedger(other, keys);
    expect(await ledger.reserved(['vsw-1'], 1_000)).toEqual(new Map([['vsw-1', 10]]));
    expect(await ledger.reserved(['vsw-1'], 2_000)).toEqual(new Map());
    expect(await one.call('EXISTS', [keys.reservations('vsw-1')])).toBe(0);
  });
});
