import type { CloudEni, Outcome } from '@terway/cloud';
import { defaultTimes } from '@terway/ipam-core';
import { type LogFields, type Logger, silentLogger } from '@terway/runtime';
import { MemoryVSwitchLedger } from '../store/memory-vswitch-ledger.js';
import type { PassParts } from './run-pass.js';
import { refused, TestNode, type TestNodeOptions } from './test-node.js';
import { type Around, calling, dyingAt, recording } from './test-ports.js';

const destructive = ['detachEni', 'deleteEni', 'unassignAddresses'];

async function inService(options: TestNodeOptions = {}): Promise<TestNode> {
  const node = new TestNode(options);
  await node.open();
  return node;
}

/** The same replica, where the configuration asks for so many idle addresses. */
function keeping(idle: number, parts: PassParts): PassParts {
  const config: PassParts['config'] = () => {
    const { poolPolicy, ...rest } = parts.config();
    return { ...rest, poolPolicy: { ...poolPolicy, minIdle: idle, maxIdle: idle } };
  };
  return { ...parts, config };
}

/** A node with idle addresses on both of its ENIs, past all cooldowns and claims. */
async function withSurplus(): Promise<TestNode> {
  const node = await inService({ minIdle: 6, maxIdle: 6 });
  await node.settle(node.replica());
  node.nowMs += 120_000;
  await node.renew();
  return node;
}

describe('a node that gives back', () => {
  it('has no address taken before its agent has let it go', async () => {
    const node = await withSurplus();
    const { around, calls } = recording();
    const frugal = keeping(2, node.replica(around));
    for (let pass = 0; pass < 5; pass++) {
      await node.pass(frugal);
      node.nowMs += 1_000;
    }
    expect(node.count('departing')).toBe(4);
    expect(calls.filter((call) => destructive.includes(call))).toEqual([]);
    await node.renew();
    await node.pass(frugal);
    expect(calls.some((call) => destructive.includes(call))).toBe(true);
  });

  it('has nothing taken while its agent is silent', async () => {
    const node = await withSurplus();
    const { around, calls } = recording();
    const frugal = keeping(2, node.replica(around));
    await node.pass(frugal);
    await node.renew();
    node.nowMs += defaultTimes.freshMs;
    await node.pass(frugal);
    expect(calls.filter((call) => destructive.includes(call))).toEqual([]);
    await node.renew();
    await node.pass(frugal);
    expect(calls.some((call) => destructive.includes(call))).toBe(true);
  });

  it.each(['unassignAddresses', 'detachEni', 'deleteEni'] as const)(
    'logs what the cloud said when it refuses %s',
    async (method) => {
      const node = await withSurplus();
      node.failNext(method, refused('Forbidden.RAM', 'rejected'));
      const lines: (LogFields | undefined)[] = [];
      const log: Logger = { ...silentLogger, warn: (_, fields) => void lines.push(fields) };
      await node.settle({ ...keeping(1, node.replica()), log }, 20);
      expect(lines).toContainEqual(
        expect.objectContaining({ error: 'Forbidden.RAM', cloud_code: 'Forbidden.RAM', request_id: 'R-1' }),
      );
    },
  );

  it('does not get an unassigned address back before the bound', async () => {
    const node = await inService({ minIdle: 3, maxIdle: 3 });
    await node.settle(node.replica());
    node.nowMs += 120_000;
    await node.renew();
    const replica = node.replica();
    await node.settle(keeping(2, replica), 10);
    expect(node.count('held')).toBe(1);
    const [held] = [...node.known().addresses.values()].filter(({ state }) => state.kind === 'held');
    await node.settle(keeping(3, replica), 10);
    expect(node.known().addresses.get(held?.ip ?? '')?.state.kind).not.toBe('idle');
    node.nowMs += defaultTimes.boundMs;
    await node.renew();
    await node.settle(keeping(3, replica), 10);
    expect(node.count('held')).toBe(0);
    expect(await node.difference()).toEqual([]);
  });

  it('ends the same, whichever call its replica dies at', async () => {
    const counted = dyingAt(Infinity);
    const whole = await withSurplus();
    await whole.settle(keeping(2, whole.replica(counted.around)));
    const points = counted.calls();
    expect(points).toBeGreaterThan(40);
    for (let n = 1; n <= points; n++) {
      const node = await withSurplus();
      await node.settle(keeping(2, node.replica(dyingAt(n).around)), 12);
      node.nowMs += defaultTimes.claimMs;
      await node.settle(keeping(2, node.replica()), 80);
      node.nowMs += 2 * defaultTimes.boundMs;
      await node.renew();
      await node.settle(keeping(2, node.replica()), 80);
      const { intents } = node.known();
      const left = { enis: (await node.enis()).length, difference: await node.difference(), intents: intents.size };
      expect({ n, idle: node.count('idle'), ...left }).toEqual({ n, idle: 2, enis: 1, difference: [], intents: 0 });
    }
  });
});

it('signs no call under a claim that was long in coming', async () => {
  const node = await inService();
  const slowClaims = calling(async ({ args, through }) => {
    const answer = await through();
    if ((args[1] as { readonly kind?: string } | undefined)?.kind === 'claim') node.nowMs += defaultTimes.claimMs - 500;
    return answer;
  });
  await node.pass(node.replica(slowClaims));
  expect(await node.enis()).toEqual([]);
  expect(node.known().intents.size).toBe(1);
});

describe('who waits while the cloud is in the way', () => {
  const throttled: Outcome<never> = {
    ...{ kind: 'throttled', code: 'Throttling.User', requestId: 'R-1', retryAfterMs: 10_000 },
  };

  it('is told so until the next try, and no longer', async () => {
    const node = await inService();
    await node.allocate('a');
    node.failNext('createEni', { kind: 'answer', outcome: throttled });
    const replica = node.replica();
    await node.pass(replica);
    node.nowMs += 5_000;
    await node.pass(replica);
    expect(node.known().obstacle).toMatchObject({ reason: 'cloud-throttled', details: { request_id: 'R-1' } });
    node.nowMs += 5_000;
    await node.pass(replica);
    expect(node.known().obstacle).toBeUndefined();
    expect(await node.enis()).toHaveLength(1);
  });

  it('is not told of missing vSwitches that nobody could ask for', async () => {
    const node = await inService();
    node.failNext('listVSwitches', { kind: 'lost-call' });
    const replica = node.replica();
    await node.pass(replica);
    expect(node.known().obstacle).toMatchObject({ reason: 'cloud-unavailable', details: { vpc_id: 'vpc-1' } });
    await node.settle(replica);
    expect(node.known().obstacle).toBeUndefined();
  });

  it('is told what the cloud says instead of its vSwitches', async () => {
    const node = await inService();
    node.failNext('listVSwitches', { kind: 'answer', outcome: throttled });
    await node.pass(node.replica());
    expect(node.known().obstacle).toMatchObject({ reason: 'cloud-throttled', details: { request_id: 'R-1' } });
  });

  it('does not make the refill ask more than every 5 s for what is refused for good', async () => {
    const node = await inService();
    await node.allocate('a');
    const { around, calls } = recording();
    const replica = node.replica(around);
    for (let failures = 0; failures < 3; failures++) node.failNext('createEni', refused('Forbidden.RAM', 'rejected'));
    for (let pass = 0; pass < 20; pass++) {
      await node.pass(replica);
      node.nowMs += 500;
    }
    expect(calls.filter((call) => call === 'createEni')).toHaveLength(2);
    expect(node.known().obstacle).toMatchObject({ reason: 'cloud-refused', details: { cloud_code: 'Forbidden.RAM' } });
  });
});

describe('a vSwitch that turns out to be full', () => {
  const full = refused('InvalidVSwitchId.IpNotEnough', 'vswitch-exhausted');
  const vSwitches = { 'vsw-1': '10.0.0.0/24', 'vsw-2': '10.0.1.0/24' };

  it('costs no pass: another one of the zone is tried in the same', async () => {
    const node = await inService({ vSwitches });
    node.failNext('createEni', full);
    await node.pass(node.replica());
    expect(node.full).toHaveLength(1);
    expect(await node.enis()).toHaveLength(1);
    expect([...node.known().enis.values()].map(({ vSwitchId }) => vSwitchId)).not.toEqual(node.full);
  });

  it('is told of in the same pass when all others are full as well', async () => {
    const node = await inService({ vSwitches });
    const { around, calls } = recording();
    for (let failures = 0; failures < 3; failures++) node.failNext('createEni', full);
    await node.pass(node.replica(around));
    expect(node.full).toEqual(expect.arrayContaining(['vsw-1', 'vsw-2']));
    expect(calls.filter((call) => call === 'createEni')).toHaveLength(2);
    expect(node.known().obstacle).toMatchObject({ reason: 'vswitch-exhausted' });
  });
});

it('keeps no addresses of a vSwitch for an intent that was not written', async () => {
  const node = await inService();
  const ledger = new MemoryVSwitchLedger();
  const refusing = calling(async ({ args, through }) => {
    if ((args[1] as { readonly kind?: string } | undefined)?.kind !== 'open-intent') return through();
    return { ok: false, refusal: { reason: 'record-changed', message: 'changed meanwhile' } };
  });
  await node.pass({ ...node.replica(refusing), ledger });
  expect(node.known().intents.size).toBe(0);
  expect(await ledger.reserved(['vsw-1'], node.nowMs)).toEqual(new Map());
});

describe('an ENI that is too new for a listing', () => {
  const lagMs = 20_000;

  function lagging(node: TestNode): Around {
    return calling(async ({ method, through }) => {
      const answer = await through();
      const outcome = answer as Outcome<readonly CloudEni[]>;
      if (method !== 'listEnis' || outcome.kind !== 'done') return answer;
      const value = outcome.value.filter(({ createdAtMs }) => createdAtMs + lagMs <= node.nowMs);
      return { ...outcome, value };
    });
  }

  it.each(['lost-call', 'lost-answer'] as const)(
    'is not given up when its attachment has no answer (%s)',
    async (kind) => {
      const node = await inService();
      node.failNext('attachEni', { kind });
      await node.settle(node.replica(lagging(node)), 120);
      expect(await node.enis()).toHaveLength(1);
      expect(await node.difference()).toEqual([]);
      expect(node.count('idle')).toBe(2);
    },
  );

  it('is deleted all the same when the instance does not take it', async () => {
    const node = await inService();
    node.failNext('attachEni', refused('EniPerInstanceLimitExceeded', 'eni-limit-reached'));
    const replica = node.replica(lagging(node));
    await node.pass(replica);
    await node.settle(replica, 120);
    expect(await node.enis()).toHaveLength(1);
    expect(await node.difference()).toEqual([]);
  });
});

describe('an ENI that a successor takes over', () => {
  const cidrs = (node: TestNode): string[] => [...node.known().enis.values()].map(({ cidr }) => cidr);

  it('has the CIDR of its vSwitch, though the successor has seen none yet', async () => {
    const node = await inService();
    node.failNext('createEni', { kind: 'lost-answer' });
    await node.pass(node.replica());
    node.nowMs += defaultTimes.claimMs;
    await node.pass(node.replica());
    expect(cidrs(node)).toEqual(['10.0.0.0/24']);
  });

  it.each(['listing', 'creation'])('waits for its CIDR while the cloud does not tell it (%s)', async (by) => {
    const node = await inService();
    if (by === 'listing') {
      await node.settle(node.replica());
      node.forget();
    } else {
      node.failNext('createEni', { kind: 'lost-answer' });
      await node.pass(node.replica());
    }
    node.nowMs += 90_000;
    await node.open();
    node.failNext('listVSwitches', { kind: 'lost-call' });
    const successor = node.replica();
    await node.pass(successor);
    expect(cidrs(node)).toEqual([]);
    await node.settle(successor, 120);
    expect(cidrs(node)).toEqual(['10.0.0.0/24']);
    expect(await node.difference()).toEqual([]);
  });
});

it('sends nothing more under a token that the cloud refuses, and begins anew past the bound', async () => {
  const node = await inService();
  const broken = refused('IdempotentFailed', 'idempotence-broken');
  for (let failures = 0; failures < 100; failures++) node.failNext('createEni', broken);
  const { around, calls } = recording();
  const replica = node.replica(around);
  await node.settle(replica, 50);
  expect(calls.filter((call) => call === 'createEni')).toHaveLength(1);
  await node.settle(replica, 50);
  expect(calls.filter((call) => call === 'createEni')).toHaveLength(2);
  expect(node.became).toContain('create-eni: abandoned');
});
