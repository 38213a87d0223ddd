import { testCloud } from '../test-cloud.js';

describe('AssignPrivateIpAddresses and UnassignPrivateIpAddresses', () => {
  it.each<[title: string, params: Readonly<Record<string, string | number>>, code: string]>([
    ['neither count nor list', {}, 'MissingParameter'],
    ['both', { SecondaryPrivateIpAddressCount: 1, 'PrivateIpAddress.1': '10.0.0.9' }, 'InvalidParameter.Conflict'],
    ['a count of 0', { SecondaryPrivateIpAddressCount: 0 }, 'InvalidParameter'],
    ['what an ENI on its own may hold', { SecondaryPrivateIpAddressCount: 49 }, ''],
    [
      'one address outside the vSwitch',
      { 'PrivateIpAddress.1': '10.0.0.9', 'PrivateIpAddress.2': '10.9.0.9' },
      'InvalidVSwitchId.IpInvalid',
    ],
  ])('meets %s', (_, params, code) => {
    const test = testCloud();
    const eniId = test.create();
    expect(test.refusal('AssignPrivateIpAddresses', { NetworkInterfaceId: eniId, ...params })).toBe(code);
    if (code !== '') expect(test.eni(eniId)?.ips).toHaveLength(1);
    expect(test.cloud.violations()).toEqual([]);
  });

  it('keeps to the limit of the instance type, the primary address included', () => {
    const test = testCloud();
    const eniId = test.attached('i-small');
    const assign = (count: number) =>
      test.refusal('AssignPrivateIpAddresses', { NetworkInterfaceId: eniId, SecondaryPrivateIpAddressCount: count });
    expect([assign(6), assign(5), assign(1)]).toEqual([
      'InvalidOperation.Ipv4CountExceeded',
      '',
      'InvalidOperation.Ipv4CountExceeded',
    ]);
  });

  it('runs a vSwitch dry to the last address, refuses, and goes on once addresses are back', () => {
    const test = testCloud({ knobs: { addressReleaseDelayMs: 30_000 } });
    const eniId = test.create({ VSwitchId: 'vsw-small' });
    const assign = (count: number) =>
      test.refusal('AssignPrivateIpAddresses', { NetworkInterfaceId: eniId, SecondaryPrivateIpAddressCount: count });
    expect(assign(12)).toBe('InvalidVSwitchId.IpNotEnough');
    expect(test.eni(eniId)?.ips).toHaveLength(1);
    expect(assign(11)).toBe('');
    expect(assign(1)).toBe('InvalidVSwitchId.IpNotEnough');
    expect(test.refusal('CreateNetworkInterface', { VSwitchId: 'vsw-small', SecurityGroupId: 'sg-1' })).toBe(
      'InvalidVSwitchId.IpNotEnough',
    );

    const ip = test.eni(eniId)?.ips[3] ?? '';
    test.call('UnassignPrivateIpAddresses', { NetworkInterfaceId: eniId, 'PrivateIpAddress.1': ip });
    test.cloud.clock.advance(29_999);
    expect(assign(1)).toBe('InvalidVSwitchId.IpNotEnough');
    test.cloud.clock.advance(1);
    expect(assign(1)).toBe('');
    expect(test.eni(eniId)?.ips).toContain(ip);
    expect(test.cloud.violations()).toEqual([]);
  });

  it('names the vSwitch that is full', () => {
    const test = testCloud();
    const params = { VSwitchId: 'vsw-small', SecurityGroupId: 'sg-1', SecondaryPrivateIpAddressCount: 20 };
    expect(() => test.call('CreateNetworkInterface', params)).toThrow('"vsw-small" has not enough IpAddress');
  });

  it('takes nothing away when one address is not there, or is the primary one', () => {
    const test = testCloud();
    const eniId = test.create({ SecondaryPrivateIpAddressCount: 2 });
    const [primary = '', secondary = ''] = test.eni(eniId)?.ips ?? [];
    const unassign = (stranger: string) =>
      test.refusal('UnassignPrivateIpAddresses', {
        NetworkInterfaceId: eniId,
        'PrivateIpAddress.1': secondary,
        'PrivateIpAddress.2': stranger,
      });
    expect([unassign('10.0.0.1'), unassign(primary)]).toEqual(['InvalidIp.IpUnassigned', 'InvalidIp.IpUnassigned']);
    expect(test.eni(eniId)?.ips).toHaveLength(3);
  });

  it('lets one change of addresses at an ENI finish before the next', () => {
    const test = testCloud({ knobs: { eniLockMs: 1000 } });
    const eniId = test.create();
    const params = { NetworkInterfaceId: eniId, SecondaryPrivateIpAddressCount: 1 };
    const assign = () => test.refusal('AssignPrivateIpAddresses', params);
    expect([assign(), assign()]).toEqual(['', 'Operation.Conflict']);
    test.cloud.clock.advance(1000);
    expect(assign()).toBe('');
  });
});
