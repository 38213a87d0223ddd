import { doHarm } from '../harms/do-harm.js';
import { column, testCloud } from '../test-cloud.js';

type Test = ReturnType<typeof testCloud>;
type Query = Readonly<Record<string, string | number>>;

const rows = 'NetworkInterfaceSets.NetworkInterfaceSet';

function page(test: Test, query: Query): { readonly ids: readonly unknown[]; readonly next: string } {
  const listing = test.call('DescribeNetworkInterfaces', query);
  return { ids: column(listing, rows, 'NetworkInterfaceId'), next: String(listing['NextToken']) };
}

function create(test: Test, count: number): readonly string[] {
  return Array.from({ length: count }, () => test.create({ VSwitchId: 'vsw-b' }));
}

function unknownIds(count: number): Query {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`NetworkInterfaceId.${index + 1}`, 'eni-x']));
}

describe('DescribeNetworkInterfaces', () => {
  it('pages through all rows once, while others come and go', () => {
    const test = testCloud();
    const ids = create(test, 25);
    const query = { VSwitchId: 'vsw-b', MaxResults: 10 };
    const first = page(test, query);
    test.call('DeleteNetworkInterface', { NetworkInterfaceId: ids[3] ?? '' });
    test.cloud.clock.advance(1000);
    const added = test.create({ VSwitchId: 'vsw-b' });
    const second = page(test, { ...query, NextToken: first.next });
    const third = page(test, { ...query, NextToken: second.next });
    expect([...first.ids, ...second.ids, ...third.ids]).toEqual([...ids, added]);
    expect(third.next).toBe('');
  });

  it.each([
    ['below 10 counts as 10', 3, 10],
    ['above 500 as 500', 5000, 30],
  ])('a page size %s', (_, size, count) => {
    const test = testCloud();
    create(test, 30);
    expect(page(test, { VSwitchId: 'vsw-b', MaxResults: size }).ids).toHaveLength(count);
  });

  it('refuses the token of another query, and what is no token', () => {
    const test = testCloud();
    create(test, 12);
    const { next } = page(test, { VSwitchId: 'vsw-b' });
    const code = (query: Query) => test.refusal('DescribeNetworkInterfaces', query);
    expect(code({ VSwitchId: 'vsw-b', NextToken: next })).toBe('');
    expect(code({ VSwitchId: 'vsw-a', NextToken: next })).toBe('InvalidParameter.NextToken');
    expect(code({ VSwitchId: 'vsw-b', NextToken: 'rubbish' })).toBe('InvalidParameter.NextToken');
  });

  it('joins filters by AND, and leaves out what does not exist', () => {
    const test = testCloud();
    const tagged = test.attached('i-1', { 'Tag.1.Key': 'creator', 'Tag.1.Value': 'terway' });
    const plain = test.create({ 'Tag.1.Key': 'creator', 'Tag.1.Value': 'other' });
    const ids = (query: Query) => page(test, query).ids;
    expect(ids({ 'Tag.1.Key': 'creator', 'Tag.1.Value': 'terway' })).toEqual([tagged]);
    expect(ids({ 'NetworkInterfaceId.1': plain, 'NetworkInterfaceId.2': 'eni-none' })).toEqual([plain]);
    expect(ids({ 'NetworkInterfaceId.1': plain, Status: 'InUse' })).toEqual([]);
    expect(ids({ InstanceId: 'i-1', Type: 'Secondary' })).toEqual([tagged]);
    expect(ids({ 'PrivateIpAddress.1': test.eni(plain)?.primaryIp ?? '' })).toEqual([plain]);
  });

  it('takes a hundred ids and no more', () => {
    const test = testCloud();
    expect(test.refusal('DescribeNetworkInterfaces', unknownIds(100))).toBe('');
    expect(test.refusal('DescribeNetworkInterfaces', unknownIds(101))).toBe('InvalidParameter');
  });

  it('shows a write when its lag is over', () => {
    const test = testCloud();
    const { knobs } = test.cloud.world;
    test.cloud.world.knobs = { ...knobs, lag: { ...knobs.lag, eni: { kind: 'constant', ms: 500 } } };
    const eniId = test.create();
    const ids = () => page(test, { 'NetworkInterfaceId.1': eniId }).ids;
    expect(ids()).toEqual([]);
    test.cloud.clock.advance(500);
    expect(ids()).toEqual([eniId]);
    test.call('DeleteNetworkInterface', { NetworkInterfaceId: eniId });
    test.cloud.clock.advance(400);
    expect(test.eni(eniId)).toBeUndefined();
    expect(ids()).toEqual([eniId]);
    test.cloud.clock.advance(200);
    expect(ids()).toEqual([]);
    expect(test.cloud.world.enis.has(eniId)).toBe(false);
  });

  it('still lists an ENI on the instance that it has left, until the lag is over', () => {
    const test = testCloud();
    const eniId = test.attached('i-1');
    const { knobs } = test.cloud.world;
    test.cloud.world.knobs = { ...knobs, lag: { ...knobs.lag, eni: { kind: 'constant', ms: 500 } } };
    doHarm(test.cloud, 'externalDetach', { eniId });
    const ids = () => page(test, { InstanceId: 'i-1', Type: 'Secondary' }).ids;
    expect(ids()).toEqual([eniId]);
    test.cloud.clock.advance(500);
    expect(ids()).toEqual([]);
  });

  it('drops rows when told to', () => {
    const test = testCloud();
    create(test, 100);
    const listing = test.call('DescribeNetworkInterfaces', { MaxResults: 500 }, { missingRows: 0.5 });
    const shown = column(listing, rows, 'NetworkInterfaceId').length;
    expect(shown).toBeGreaterThan(20);
    expect(shown).toBeLessThan(80);
  });
});
