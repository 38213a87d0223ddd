import { doHarm } from '../harms/do-harm.js';
import { testCloud } from '../test-cloud.js';

interface Listing {
  readonly VSwitches: {
    readonly VSwitch: readonly { readonly VSwitchId: string; readonly AvailableIpAddressCount: number }[];
  };
  readonly TotalCount: number;
}

function list(test: ReturnType<typeof testCloud>, query: Readonly<Record<string, string | number>>): Listing {
  return test.call('DescribeVSwitches', query) as unknown as Listing;
}

function freeOf(test: ReturnType<typeof testCloud>, vSwitchId: string): number | undefined {
  return list(test, { RegionId: 'cn-test', VSwitchId: vSwitchId }).VSwitches.VSwitch[0]?.AvailableIpAddressCount;
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
    expect(list(test, { VpcId: 'vpc-1', ZoneId: 'zone-a' }).TotalCount).toBe(2);
    const second = list(test, { VpcId: 'vpc-1', PageNumber: 2, PageSize: 2 });
    expect(second.VSwitches.VSwitch.map(({ VSwitchId }) => VSwitchId)).toEqual(['vsw-b']);
    expect(test.refusal('DescribeVSwitches', {})).toBe('MissingParameter');
  });
});
