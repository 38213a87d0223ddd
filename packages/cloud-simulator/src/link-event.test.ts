import { doHarm } from './harms/do-harm.js';
import type { LinkEvent } from './link-event.js';
import { testCloud } from './test-cloud.js';

function watched() {
  const test = testCloud();
  const events: LinkEvent[] = [];
  test.cloud.onLink((event) => events.push(event));
  return { ...test, kinds: () => events.splice(0).map(({ kind, instanceId, ips }) => [kind, instanceId, ips.length]) };
}

describe('link events', () => {
  it('follow an ENI from the end of its attachment to the end of its detachment', () => {
    const test = watched();
    const eniId = test.create({ SecondaryPrivateIpAddressCount: 2 });
    const place = { NetworkInterfaceId: eniId, InstanceId: 'i-1' };
    test.call('AttachNetworkInterface', place);
    expect(test.kinds()).toEqual([]);
    test.cloud.clock.advance(20);
    expect(test.kinds()).toEqual([['attached', 'i-1', 3]]);
    test.call('AssignPrivateIpAddresses', { NetworkInterfaceId: eniId, SecondaryPrivateIpAddressCount: 4 });
    expect(test.kinds()).toEqual([['addresses', 'i-1', 7]]);
    test.call('DetachNetworkInterface', place);
    expect(test.kinds()).toEqual([]);
    test.cloud.clock.advance(20);
    expect(test.kinds()).toEqual([['detached', 'i-1', 7]]);
  });

  it('say nothing of an attachment that failed', () => {
    const test = watched();
    const place = { NetworkInterfaceId: test.create(), InstanceId: 'i-1' };
    test.call('AttachNetworkInterface', place, { transition: 'fails' });
    test.cloud.clock.advance(1000);
    expect(test.kinds()).toEqual([]);
  });

  it.each([
    ['externalDetach', 'detached'],
    ['externalDelete', 'detached'],
  ])('%s is seen as %s', (harm, kind) => {
    const test = watched();
    const eniId = test.attached('i-1');
    test.kinds();
    doHarm(test.cloud, harm, { eniId });
    expect(test.kinds()).toEqual([[kind, 'i-1', 1]]);
    expect(test.cloud.violations()).toEqual([]);
  });

  it('follow addresses that others give and take', () => {
    const test = watched();
    const eniId = test.attached('i-1');
    test.kinds();
    doHarm(test.cloud, 'externalAssign', { eniId, count: 2 });
    doHarm(test.cloud, 'externalUnassign', { eniId, ip: test.eni(eniId)?.ips[1] });
    expect(test.kinds()).toEqual([
      ['addresses', 'i-1', 3],
      ['addresses', 'i-1', 2],
    ]);
    expect(test.cloud.violations()).toEqual([]);
  });

  it('unplug everything when the instance is released', () => {
    const test = watched();
    const gone = test.attached('i-1');
    const kept = test.attached('i-1', { DeleteOnRelease: 'false' });
    test.kinds();
    doHarm(test.cloud, 'releaseInstance', { instanceId: 'i-1' });
    expect(test.kinds().map(([kind]) => kind)).toEqual(['detached', 'detached', 'detached']);
    expect([test.eni(gone)?.status, test.eni(kept)?.status]).toEqual([undefined, 'Available']);
    expect(test.cloud.violations()).toEqual([]);
  });

  it('list what is plugged now', () => {
    const test = watched();
    const eniId = test.attached('i-1');
    const { plugged } = test.cloud.links();
    expect(plugged.map((event) => event.deviceIndex)).toEqual([0, 0, 0, 1]);
    expect(plugged.at(-1)).toMatchObject({ kind: 'attached', eniId, instanceId: 'i-1' });
  });
});
