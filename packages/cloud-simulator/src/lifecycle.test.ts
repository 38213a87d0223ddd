import { type TestCloud, testCloud } from './test-cloud.js';
import type { EniStatus } from './world.js';

/** How an ENI gets into each state. */
const reach: Readonly<Record<EniStatus, (test: TestCloud) => string>> = {
  Available: (test) => test.create(),
  Attaching: (test) => {
    const eniId = test.create();
    test.call('AttachNetworkInterface', { NetworkInterfaceId: eniId, InstanceId: 'i-1' });
    return eniId;
  },
  InUse: (test) => test.attached('i-1'),
  Detaching: (test) => {
    const eniId = test.attached('i-1');
    test.call('DetachNetworkInterface', { NetworkInterfaceId: eniId, InstanceId: 'i-1' });
    return eniId;
  },
  Deleting: (test) => {
    const eniId = test.create();
    test.call('DeleteNetworkInterface', { NetworkInterfaceId: eniId });
    return eniId;
  },
};

const wrongState = 'InvalidOperation.InvalidEniState';

/** What each call does to an ENI in each state: a state, or a refusal. */
const table: readonly [status: EniStatus, action: string, outcome: EniStatus | typeof wrongState][] = [
  ['Available', 'AttachNetworkInterface', 'Attaching'],
  ['Available', 'DetachNetworkInterface', wrongState],
  ['Available', 'DeleteNetworkInterface', 'Deleting'],
  ['Available', 'AssignPrivateIpAddresses', 'Available'],
  ['Attaching', 'AttachNetworkInterface', wrongState],
  ['Attaching', 'DetachNetworkInterface', wrongState],
  ['Attaching', 'DeleteNetworkInterface', wrongState],
  ['Attaching', 'AssignPrivateIpAddresses', wrongState],
  ['InUse', 'AttachNetworkInterface', wrongState],
  ['InUse', 'DetachNetworkInterface', 'Detaching'],
  ['InUse', 'DeleteNetworkInterface', wrongState],
  ['InUse', 'AssignPrivateIpAddresses', 'InUse'],
  ['Detaching', 'AttachNetworkInterface', wrongState],
  ['Detaching', 'DetachNetworkInterface', 'Detaching'],
  ['Detaching', 'DeleteNetworkInterface', wrongState],
  ['Detaching', 'AssignPrivateIpAddresses', wrongState],
  ['Deleting', 'AttachNetworkInterface', wrongState],
  ['Deleting', 'DetachNetworkInterface', wrongState],
  ['Deleting', 'DeleteNetworkInterface', 'Deleting'],
  ['Deleting', 'AssignPrivateIpAddresses', wrongState],
];

describe('the life of an ENI', () => {
  it.each(table)('%s, %s: %s', (status, action, outcome) => {
    const test = testCloud();
    const eniId = reach[status](test);
    expect(test.eni(eniId)?.status).toBe(status);
    const count = action === 'AssignPrivateIpAddresses' ? { SecondaryPrivateIpAddressCount: 1 } : {};
    const code = test.refusal(action, { NetworkInterfaceId: eniId, InstanceId: 'i-1', ...count });
    expect(code).toBe(outcome === wrongState ? wrongState : '');
    expect(test.eni(eniId)?.status).toBe(outcome === wrongState ? status : outcome);
    expect(test.cloud.violations()).toEqual([]);
  });

  it.each<[status: EniStatus, end: EniStatus | undefined]>([
    ['Attaching', 'InUse'],
    ['Detaching', 'Available'],
    ['Deleting', undefined],
  ])('%s ends in %s', (status, end) => {
    const test = testCloud();
    const eniId = reach[status](test);
    test.cloud.clock.advance(9);
    expect(test.eni(eniId)?.status).toBe(status);
    test.cloud.clock.advance(11);
    expect(test.eni(eniId)?.status).toBe(end);
  });

  it('keeps its addresses and its MAC from one instance to the next', () => {
    const test = testCloud();
    const eniId = test.attached('i-1', { SecondaryPrivateIpAddressCount: 3 });
    const { ips, mac } = test.eni(eniId) ?? {};
    test.call('DetachNetworkInterface', { NetworkInterfaceId: eniId, InstanceId: 'i-1' });
    test.cloud.clock.advance(1000);
    test.call('AttachNetworkInterface', { NetworkInterfaceId: eniId, InstanceId: 'i-32' });
    expect(test.eni(eniId)).toMatchObject({ ips, mac, attachment: { instanceId: 'i-32', deviceIndex: 1 } });
  });

  it('falls back to Available when the attachment fails', () => {
    const test = testCloud();
    const eniId = test.create();
    const params = { NetworkInterfaceId: eniId, InstanceId: 'i-1' };
    test.call('AttachNetworkInterface', params, { transition: 'fails' });
    expect(test.eni(eniId)?.status).toBe('Attaching');
    test.cloud.clock.advance(1000);
    expect(test.eni(eniId)).toMatchObject({ status: 'Available', attachment: undefined });
  });

  it('stays stuck until the call is made again', () => {
    const test = testCloud();
    const eniId = test.attached('i-1');
    const params = { NetworkInterfaceId: eniId, InstanceId: 'i-1' };
    test.call('DetachNetworkInterface', params, { transition: 'stuck' });
    test.cloud.clock.advance(3600_000);
    expect(test.eni(eniId)?.status).toBe('Detaching');
    test.call('DetachNetworkInterface', params);
    test.cloud.clock.advance(1000);
    expect(test.eni(eniId)?.status).toBe('Available');
  });

  it('takes longer when it is slowed down', () => {
    const test = testCloud();
    const eniId = test.create();
    const params = { NetworkInterfaceId: eniId, InstanceId: 'i-1' };
    test.call('AttachNetworkInterface', params, { slowdown: 10 });
    test.cloud.clock.advance(199);
    expect(test.eni(eniId)?.status).toBe('Attaching');
    test.cloud.clock.advance(1);
    expect(test.eni(eniId)?.status).toBe('InUse');
  });
});
