import { defaultTimes, fieldsOf, type NodeRecord, recordOf, step } from '@terway/ipam-core';
import * as fc from 'fast-check';
import type { RedisConnection } from './redis-connection.js';
import { keysOf } from './redis-keys.js';
import { RedisLeases } from './redis-leases.js';
import { fieldsIn } from './redis-reply.js';
import { scriptOf } from './redis-script.js';
import { startTestRedis, type TestRedis } from './test-redis.js';
import { type Asked, askedOfRecord } from './test-records.js';

const keys = keysOf('c1');
const read = scriptOf(1, 'read.lua');

let server: TestRedis;
let redis: RedisConnection;

beforeAll(async () => {
  server = await startTestRedis();
  redis = await server.connect();
});
afterAll(() => server.stop());

describe('a lease script', () => {
  it('does to any record what step does, or leaves it alone where step says no', async () => {
    const seen = new Set<string>();
    await check(redis, 3_000, (kind) => seen.add(kind));
    expect([...seen].toSorted()).toEqual(['granted', 'refused', 'released', 'waiting']);
  });

  it.each([
    ['grants while addresses cool', 'if state.untilMs <= nowMs and', 'if'],
    ['does not wait for a renewal', 'and tonumber(record.renewed) > state.releasedAtMs ', ''],
    ['grants on an ENI that is not seen', "eni.status == 'in-use' and eni.seen", "eni.status == 'in-use'"],
    ['grants on an ENI that is not in use', "eni.status == 'in-use' and eni.seen", 'eni.seen'],
    ['lets newcomers pass', 'if usable > longerWaiting() then', 'if usable > 0 then'],
    ['forgets since when a pod waits', 'mine and mine.sinceMs or nowMs', 'nowMs'],
    ['gives any idle address', 'since < bestSince or', 'since > bestSince or'],
    ['gives equals in any order', 'precedes(ip, best.ip)', 'precedes(best.ip, ip)'],
    ['forgets what the owner holds', 'local chosen = held or idleLongest()', 'local chosen = idleLongest()'],
    ['keeps expired demand', "for _, key in ipairs(expired) do redis.call('HDEL', KEYS[1], 'd:' .. key) end", ''],
    ['serves an old session', 'and record.ses == session', ''],
    ['serves an old incarnation', 'and record.inc == incarnation', ''],
    ['serves an old generation', 'record.gen == generation', 'true'],
    ['serves before the Sync', "and record.synced == '1'", ''],
    ['serves an agent that has seen more', 'and tonumber(record.seq) >= tonumber(lastAgentSeq)', ''],
    ['grants in recovery', ' or record.rec then', ' then'],
    ['grants while frozen', 'if tonumber(record.frozen) > nowMs or', 'if'],
    ['forgets tombstones', "record['t:' .. ARGV[8]] or ", ''],
    ['serves after the deadline', ' or tonumber(ARGV[11]) <= nowMs then', ' then'],
    ['lets time run backwards', 'math.max(tonumber(record.now), tonumber(ARGV[1]))', 'tonumber(ARGV[1])'],
    ['releases under another id', 'holder.allocationId == ARGV[8] and ', ''],
    ['releases for another owner', ' and isSameOwner(holder.owner, owner)', ''],
    ['lets an address in use cool', "if ARGV[9] ~= '1' then", 'if true then'],
    ['counts a repeated release', "if held or not record['t:' .. ARGV[8]] then", 'if true then'],
    ['keeps the place of who has gone', 'if place.allocationId == ARGV[8] then table.insert(places, key) end', ''],
  ])('is caught when it %s', async (_, rule, fault) => {
    await expect(check(withFault(redis, rule, fault), 3_000)).rejects.toThrow(/Property failed/);
  });

  it('reads no record of a later release', async () => {
    const leases = new RedisLeases(redis, keys, defaultTimes);
    for (const { record, asked } of fc.sample(askedOfRecord, { seed: 1, numRuns: 20 })) {
      for (const field of ['limits', 'a:10.0.0.99']) {
        await put(new Map([...fieldsOf(record), [field, '2{}']]));
        expect(await run(leases, asked)).toBeUndefined();
      }
    }
  });
});

/** Compares the scripts with `step` on random records. @throws when they differ */
async function check(connection: RedisConnection, numRuns: number, see: (kind: string) => void = () => undefined) {
  const leases = new RedisLeases(connection, keys, defaultTimes);
  const property = fc.asyncProperty(askedOfRecord, async ({ record, asked }) => {
    await put(fieldsOf(record));
    const expected = step(record, asked.command, asked.nowMs, defaultTimes);
    const value = await run(leases, asked);
    if (!expected.reply.ok) {
      see('refused');
      expect(value).toBeUndefined();
      expect(await stored()).toEqual(record);
    } else {
      see('kind' in expected.reply.value ? expected.reply.value.kind : 'released');
      expect(value).toEqual(expected.reply.value);
      expect(await stored()).toEqual(expected.record);
    }
  });
  await fc.assert(property, { seed: 20_260, numRuns, endOnFailure: true });
}

function run(leases: RedisLeases, { command, nowMs }: Asked['asked']): Promise<object | undefined> {
  return command.kind === 'allocate'
    ? leases.allocate('n1', { command, nowMs, requestId: 'r1' })
    : leases.release('n1', { command, nowMs, requestId: 'r1' });
}

async function put(fields: ReadonlyMap<string, string>): Promise<void> {
  await redis.call('DEL', [keys.record('n1')]);
  await redis.call('HSET', [keys.record('n1'), ...[...fields].flat()]);
}

async function stored(): Promise<NodeRecord | undefined> {
  return recordOf(fieldsIn(await redis.run(read, [keys.record('n1')])));
}

/** Scripts in which one rule is broken. */
function withFault(connection: RedisConnection, rule: string, fault: string): RedisConnection {
  return {
    ...connection,
    call: (command, values) => connection.call(command, values),
    run: (script, values) => {
      const text = script.text.replace(rule, () => fault);
      return connection.run({ ...script, text, sha: text === script.text ? script.sha : 'f'.repeat(40) }, values);
    },
  };
}
