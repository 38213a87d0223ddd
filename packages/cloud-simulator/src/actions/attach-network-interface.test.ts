import { doHarm } from '../harms/do-harm.js';
import { testCloud } from '../test-cloud.js';

function attach(eniId: string, instanceId: string): Readonly<Record<string, string>> {
  return { NetworkInterfaceId: eniId, InstanceId: instanceId };
}

describe('AttachNetworkInterface', () => {
  it.each<[title: string, eni: Readonly<Record<string, string | number>>, instanceId: string, code: string]>([
    ['an instance that does not exist', {}, 'i-none', 'InvalidEcsId.NotFound'],
    ['another VPC', { VSwitchId: 'vsw-other', SecurityGroupId: 'sg-other' }, 'i-1', 'InvalidOperation.VpcMismatch'],
    ['another zone', { VSwitchId: 'vsw-b' }, 'i-1', 'InvalidOperation.AvailabilityZoneMismatch'],
    [
      'more addresses than the type takes',
      { SecondaryPrivateIpAddressCount: 6 },
      'i-small',
      'InvalidOperation.Ipv4CountExceeded',
    ],
    ['as many addresses as the type takes', { SecondaryPrivateIpAddressCount: 5 }, 'i-small', ''],
  ])('meets %s', (_, eni, instanceId, code) => {
    const test = testCloud();
    expect(test.refusal('AttachNetworkInterface', attach(test.create(eni), instanceId))).toBe(code);
  });

  it('refuses an ENI that does not exist', () => {
    expect(testCloud().refusal('AttachNetworkInterface', attach('eni-none', 'i-1'))).toBe('InvalidEniId.NotFound');
  });

  it('counts ENIs that are on their way against the limit of the type', () => {
    const test = testCloud();
    const [first, second] = [test.create(), test.create()];
    test.call('AttachNetworkInterface', attach(first, 'i-small'));
    expect(test.refusal('AttachNetworkInterface', attach(second, 'i-small'))).toBe('EniPerInstanceLimitExceeded');
  });

  it('takes five at a time and no sixth', () => {
    const test = testCloud();
    const codes = Array.from({ length: 6 }, () =>
      test.refusal('AttachNetworkInterface', attach(test.create(), 'i-32')),
    );
    expect(codes).toEqual(['', '', '', '', '', 'Operation.Conflict']);
  });

  it('gives each ENI the lowest free index', () => {
    const test = testCloud();
    const [one, two, three] = [test.attached('i-1'), test.attached('i-1'), test.attached('i-1')];
    test.call('DetachNetworkInterface', attach(two, 'i-1'));
    test.cloud.clock.advance(1000);
    const four = test.attached('i-1');
    expect([one, four, three].map((eniId) => test.eni(eniId)?.attachment?.deviceIndex)).toEqual([1, 2, 3]);
  });

  it('asks for an instance that runs or is stopped', () => {
    const test = testCloud();
    const eniId = test.create();
    doHarm(test.cloud, 'setInstanceStatus', { instanceId: 'i-1', status: 'Starting' });
    expect(test.refusal('AttachNetworkInterface', attach(eniId, 'i-1'))).toBe('InvalidOperation.InvalidEcsState');
    doHarm(test.cloud, 'setInstanceStatus', { instanceId: 'i-1', status: 'Stopped' });
    expect(test.refusal('AttachNetworkInterface', attach(eniId, 'i-1'))).toBe('');
  });

  it('leaves the primary ENI where it is', () => {
    const test = testCloud();
    const primary = test.cloud.world.instances.get('i-1')?.primaryEniId ?? '';
    expect(test.refusal('DetachNetworkInterface', attach(primary, 'i-1'))).toBe(
      'InvalidOperation.DetachPrimaryEniNotAllowed',
    );
    expect(test.refusal('DeleteNetworkInterface', attach(primary, 'i-1'))).toBe('InvalidOperation.InvalidEniState');
  });

  it('detaches from the instance that it is on, and from no other', () => {
    const test = testCloud();
    const eniId = test.attached('i-1');
    expect(test.refusal('DetachNetworkInterface', attach(eniId, 'i-32'))).toBe('InvalidOperation.InvalidEniState');
  });
});
