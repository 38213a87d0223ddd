import { doHarm } from '../harms/do-harm.js';
import { column, testCloud } from '../test-cloud.js';

type Test = ReturnType<typeof testCloud>;

const rows = 'VSwitches.VSwitch';

function freeOf(test: Test, vSwitchId: string): unknown {
  const listing = test.call('DescribeVSwitches', { RegionId: 'cn-test', VSwitchId: vSwitchId });
  return column(listing, rows, 'AvailableIpAddressCount')[0];
}

describe('DescribeVSwitches', () => {
  it('counts what is free late', () => {
    const test = testCloud();
    const { knobs } = test.cloud.world;
    test.cloud.world.knobs = { ...knobs, lag: { ...knobs.lag, vSwitchCount: { kind: 'constant', ms: 30_000 } } };
    test.create({ VSwitchId: 'vsw-small', SecondaryPrivateIpAddressCount: 4 });
    expect(freeOf(test, 'vsw-small')).toBe(12);
    test.cloud.clock.advance(30_000);
    expect(freeOf(test, 'vsw-small')).toBe(7);
  });

  it('counts what others take and give back', () => {
    const test = testCloud();
    test.create({ VSwitchId: 'vsw-small' });
    doHarm(test.cloud, 'exhaust', { vSwitchId: 'vsw-small' });
    expect(freeOf(test, 'vsw-small')).toBe(0);
    doHarm(test.cloud, 'setFree', { vSwitchId: 'vsw-small', free: 5 });
    expect(freeOf(test, 'vsw-small')).toBe(5);
    expect(doHarm(test.cloud, 'setFree', { vSwitchId: 'vsw-small', free: 99 })).toEqual({ free: 11 });
    expect(test.cloud.violations()).toEqual([]);
  });

  it('filters and pages', () => {
    const test = testCloud();
    const inZone = test.call('DescribeVSwitches', { VpcId: 'vpc-1', ZoneId: 'zone-a' });
    expect(inZone['TotalCount']).toBe(2);
    const second = test.call('DescribeVSwitches', { VpcId: 'vpc-1', PageNumber: 2, PageSize: 2 });
    expect(column(second, rows, 'VSwitchId')).toEqual(['vsw-b']);
    expect(test.refusal('DescribeVSwitches', {})).toBe('MissingParameter');
  });
});
