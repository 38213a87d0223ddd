import { type TestCloudOptions, testCloud } from '../test-cloud.js';
import type { Eni } from '../world.js';

const base = { VSwitchId: 'vsw-a', SecurityGroupId: 'sg-1' };

function made(seed: number): readonly Eni[] {
  const test = testCloud({ seed });
  test.create({ SecondaryPrivateIpAddressCount: 5 });
  return test.cloud.enis();
}

describe('CreateNetworkInterface', () => {
  it.each<[title: string, params: Readonly<Record<string, string | number>>, code: string]>([
    ['no vSwitch', { SecurityGroupId: 'sg-1' }, 'MissingParameter'],
    ['an unknown vSwitch', { ...base, VSwitchId: 'vsw-none' }, 'InvalidVSwitchId.NotFound'],
    ['no group', { VSwitchId: 'vsw-a' }, 'MissingParameter'],
    ['both forms of groups', { ...base, 'SecurityGroupIds.1': 'sg-1' }, 'InvalidParameter.Conflict'],
    ['an unknown group', { ...base, SecurityGroupId: 'sg-none' }, 'InvalidSecurityGroupId.NotFound'],
    ['a group of another VPC', { ...base, SecurityGroupId: 'sg-other' }, 'InvalidSecurityGroupId.NotVpc'],
    ['a count of 0', { ...base, SecondaryPrivateIpAddressCount: 0 }, 'InvalidParameter'],
    ['a count of 50', { ...base, SecondaryPrivateIpAddressCount: 50 }, 'InvalidParameter'],
    ['a count that is none', { ...base, SecondaryPrivateIpAddressCount: 'many' }, 'InvalidParameter'],
    ['a count of 49', { ...base, SecondaryPrivateIpAddressCount: 49 }, ''],
    [
      'count and list',
      { ...base, SecondaryPrivateIpAddressCount: 1, 'PrivateIpAddress.1': '10.0.0.9' },
      'InvalidParameter.Conflict',
    ],
    ['an address outside', { ...base, PrimaryIpAddress: '10.9.0.1' }, 'InvalidVSwitchId.IpInvalid'],
    ['a reserved address', { ...base, PrimaryIpAddress: '10.0.0.253' }, 'InvalidVSwitchId.IpInvalid'],
    [
      'an address listed twice',
      { ...base, 'PrivateIpAddress.1': '10.0.0.9', 'PrivateIpAddress.2': '10.0.0.9' },
      'InvalidIp.IpRepeated',
    ],
    ['a malformed tag', { ...base, 'Tag.1.Key': 'acs:x', 'Tag.1.Value': 'y' }, 'InvalidTagKey.Malformed'],
    ['a tag twice', { ...base, 'Tag.1.Key': 'x', 'Tag.2.Key': 'x' }, 'Duplicate.TagKey'],
    ['prefixes', { ...base, Ipv4PrefixCount: 1 }, 'UnsupportedParameter'],
    ['a token that is too long', { ...base, ClientToken: 'x'.repeat(65) }, 'InvalidParameter'],
  ])('meets %s', (_, params, code) => {
    const test = testCloud();
    const before = test.cloud.enis().length;
    expect(test.refusal('CreateNetworkInterface', params)).toBe(code);
    expect(test.cloud.enis()).toHaveLength(before + (code === '' ? 1 : 0));
    expect(test.cloud.violations()).toEqual([]);
  });

  it.each<[title: string, options: TestCloudOptions, code: string]>([
    ['ENIs of the account', { quotas: { enis: 3 } }, 'MaxEniCountExceeded'],
    ['addresses of the VPC', { quotas: { addressesPerVpc: 5 } }, 'QuotaExceeded.PrivateIpAddress'],
  ])('keeps to the quota of %s', (_, options, code) => {
    const params = { ...base, SecondaryPrivateIpAddressCount: 9 };
    expect(testCloud(options).refusal('CreateNetworkInterface', params)).toBe(code);
  });

  it('keeps to the capacity of a security group', () => {
    const test = testCloud();
    const group = test.cloud.world.securityGroups.get('sg-1');
    if (group) test.cloud.world.securityGroups.set('sg-1', { ...group, maxAddresses: group.usedAddresses + 1 });
    const params = { ...base, SecondaryPrivateIpAddressCount: 1 };
    expect(test.refusal('CreateNetworkInterface', params)).toBe('SecurityGroupInstanceLimitExceed');
    expect(test.refusal('CreateNetworkInterface', base)).toBe('');
  });

  it('takes the addresses that it is given, the primary one first', () => {
    const test = testCloud();
    const eniId = test.create({
      PrimaryIpAddress: '10.0.0.100',
      'PrivateIpAddress.2': '10.0.0.102',
      'PrivateIpAddress.1': '10.0.0.101',
    });
    expect(test.eni(eniId)?.ips).toEqual(['10.0.0.100', '10.0.0.101', '10.0.0.102']);
    expect(test.refusal('CreateNetworkInterface', { ...base, PrimaryIpAddress: '10.0.0.101' })).toBe(
      'InvalidIp.IpAssigned',
    );
  });

  it('makes the same cloud from the same seed', () => {
    expect(made(7)).toEqual(made(7));
    expect(made(7)).not.toEqual(made(8));
  });
});
