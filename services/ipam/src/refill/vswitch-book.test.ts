import type { CloudRefusal } from '@terway/cloud';
import { MemoryCloud } from '@terway/cloud/memory-cloud';
import { MemoryVSwitchLedger } from '../store/memory-vswitch-ledger.js';
import { VSwitchBook } from './vswitch-book.js';

const never = new AbortController().signal;
const refusal: CloudRefusal = {
  ...{ reason: 'vswitch-exhausted', code: 'InvalidVSwitchId.IpNotEnough', message: 'full', status: 403 },
  requestId: 'R-1',
};

function bookAt(random = 0) {
  const clock = { now: 1_000_000 };
  const asked: string[] = [];
  const cloud = new MemoryCloud({
    nowMs: () => clock.now,
    vSwitches: [
      { vSwitchId: 'vsw-1', cidr: '10.0.0.0/24', vpcId: 'vpc-1', zoneId: 'zone-a' },
      { vSwitchId: 'vsw-2', cidr: '10.0.1.0/28', vpcId: 'vpc-1', zoneId: 'zone-b' },
    ],
    ...{ securityGroupIds: [], instances: [], instanceTypes: [] },
  });
  const listVSwitches: MemoryCloud['listVSwitches'] = (vpcId, signal) => {
    asked.push(vpcId);
    return cloud.listVSwitches(vpcId, signal);
  };
  const watched = Object.assign(Object.create(cloud) as MemoryCloud, { listVSwitches });
  const ledger = new MemoryVSwitchLedger();
  const book = new VSwitchBook(watched, ledger, { nowMs: () => clock.now, random01: () => random });
  const freeOf = async (id: string): Promise<number | undefined> => (await book.supply('vpc-1', [id], never))[0]?.free;
  return { asked, book, clock, cloud, freeOf, ledger };
}

describe('the supply of vSwitches', () => {
  it('names ids that the cloud does not know, once', async () => {
    const { book } = bookAt();
    await book.supply('vpc-1', ['vsw-1', 'vsw-9'], never);
    expect(book.newlyUnknown(['vsw-1', 'vsw-9'])).toEqual(['vsw-9']);
    expect(book.newlyUnknown(['vsw-1', 'vsw-9'])).toEqual([]);
  });

  it('says what there is, and what calls in flight will take', async () => {
    const { book, clock, ledger } = bookAt();
    await ledger.reserve({ vSwitchId: 'vsw-1', intentId: 'x', count: 5, expiresAtMs: clock.now + 1_000 });
    expect(await book.supply('vpc-1', ['vsw-1', 'vsw-9'], never)).toEqual([
      {
        ...{ vSwitchId: 'vsw-1', vpcId: 'vpc-1', zoneId: 'zone-a', cidr: '10.0.0.0/24', size: 256, free: 252 },
        ...{ reserved: 5, fullUntilMs: 0, observedAtMs: clock.now },
      },
    ]);
    clock.now += 1_000;
    expect(await book.supply('vpc-1', ['vsw-1'], never)).toMatchObject([{ reserved: 0 }]);
  });

  it('is at most 30 s old', async () => {
    const { asked, clock, cloud, freeOf } = bookAt();
    expect(await freeOf('vsw-1')).toBe(252);
    cloud.setFreeAddresses('vsw-1', 3);
    clock.now += 29_999;
    expect(await freeOf('vsw-1')).toBe(252);
    expect(asked).toHaveLength(1);
    clock.now += 1;
    expect(await freeOf('vsw-1')).toBe(3);
  });

  it('is what it was while the cloud does not answer, and asked for again after 2 s', async () => {
    const { clock, cloud, freeOf } = bookAt();
    await freeOf('vsw-1');
    clock.now += 30_000;
    cloud.setFreeAddresses('vsw-1', 3);
    cloud.failNext('listVSwitches', { kind: 'lost-call' });
    expect(await freeOf('vsw-1')).toBe(252);
    clock.now += 1_999;
    expect(await freeOf('vsw-1')).toBe(252);
    clock.now += 1;
    expect(await freeOf('vsw-1')).toBe(3);
  });

  it('knows a vSwitch that is added to the configuration within 5 s, and does not ask for one that does not exist more often', async () => {
    const { asked, book, clock, cloud } = bookAt();
    await book.supply('vpc-1', ['vsw-3'], never);
    cloud.addVSwitch({ vSwitchId: 'vsw-3', cidr: '10.0.2.0/24', vpcId: 'vpc-1', zoneId: 'zone-a' });
    clock.now += 4_999;
    expect(await book.supply('vpc-1', ['vsw-3'], never)).toEqual([]);
    expect(asked).toHaveLength(1);
    clock.now += 1;
    expect(await book.supply('vpc-1', ['vsw-3'], never)).toMatchObject([{ vSwitchId: 'vsw-3' }]);
  });

  it('is asked for once by nodes that need it together', async () => {
    const { asked, book } = bookAt();
    await Promise.all([1, 2, 3].map(() => book.supply('vpc-1', ['vsw-1'], never)));
    expect(asked).toHaveLength(1);
  });
});

describe('a vSwitch that the cloud calls full', () => {
  it.each([
    [0, 30_000],
    [0.999, 35_994],
  ])('is left alone for 30 s and a chance of %d', async (random, fullMs) => {
    const { book, clock } = bookAt(random);
    book.markFull('vsw-1', refusal);
    expect(await book.supply('vpc-1', ['vsw-1', 'vsw-2'], never)).toMatchObject([
      { vSwitchId: 'vsw-1', fullUntilMs: clock.now + fullMs },
      { vSwitchId: 'vsw-2', fullUntilMs: 0 },
    ]);
  });

  it('counts as full for so long', () => {
    const { book, clock } = bookAt();
    expect(book.fullCount()).toBe(0);
    book.markFull('vsw-1', refusal);
    book.markFull('vsw-1', refusal);
    expect(book.fullCount()).toBe(1);
    clock.now += 30_000;
    expect(book.fullCount()).toBe(0);
  });

  it('is remembered with what the cloud said', () => {
    const { book } = bookAt();
    expect(book.fullRefusal(['vsw-1'])).toBeUndefined();
    book.markFull('vsw-1', refusal);
    expect(book.fullRefusal(['vsw-2', 'vsw-1'])).toEqual({ vSwitchId: 'vsw-1', refusal });
  });
});

it('lists for on-call all that has been seen, and asks the cloud for nothing', async () => {
  const { asked, book } = bookAt();
  expect(await book.list()).toEqual([]);
  await book.supply('vpc-1', ['vsw-1'], never);
  expect((await book.list()).map(({ vSwitchId }) => vSwitchId)).toEqual(['vsw-1', 'vsw-2']);
  expect(asked).toHaveLength(1);
  expect([book.cidrOf('vsw-2'), book.cidrOf('vsw-9')]).toEqual(['10.0.1.0/28', '']);
});
