import { isOfPod } from './link-monitor.js';

describe('a line of ip monitor', () => {
  it.each([
    ['an ENI that is plugged in', '7: eth1: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN', false],
    ['an ENI that is a veth', '7: eth1@if6: <BROADCAST,MULTICAST,UP> mtu 1500', false],
    ['an ENI that is unplugged', 'Deleted 7: eth1: <BROADCAST> mtu 1500', false],
    ['the host end of a pod', '9: cali0123456789a@if2: <BROADCAST,MULTICAST,UP> mtu 1500', true],
    ['a host end that goes', 'Deleted 9: cali0123456789a@NONE: <BROADCAST> mtu 1500', true],
    ['a link whose name only begins like one', '9: calico: <BROADCAST> mtu 1500', false],
  ])('about %s', (_, line, expected) => {
    expect(isOfPod(line)).toBe(expected);
  });
});
