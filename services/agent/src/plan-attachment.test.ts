import { address } from './journal/journal.contract.js';
import { podWish } from './memory-agent.js';
import { hostIfNameOfWish, inUseByAnother, planAttachment } from './plan-attachment.js';
import type { KernelView } from './pod-datapath.js';

const wish = podWish('web-0');
const hostIfName = hostIfNameOfWish(wish);
const node = { hostIp: '10.0.9.1', mtu: 1_500, extraRoutes: ['10.8.0.0/16'] };
const kernel: KernelView = {
  addresses: [],
  hostInterfaces: [],
  enis: [
    { ifName: 'eth0', ifIndex: 2, mac: '00:16:3e:00:00:00' },
    { ifName: 'eth1', ifIndex: 3, mac: address.eniMac },
  ],
};

describe('the plan of an attachment', () => {
  it('takes the ENI by its MAC, and everything else from address, pod and node', () => {
    expect(planAttachment(wish, address, kernel, node)).toMatchObject({
      ...node,
      netns: wish.netns,
      ifName: 'eth0',
      hostIfName,
      ip: address.ip,
      vSwitchGateway: address.gateway,
      eni: { ifName: 'eth1', ifIndex: 3, mac: address.eniMac },
    });
  });

  it('is refused while no link has the MAC of the ENI', () => {
    const without = { ...kernel, enis: kernel.enis.slice(0, 1) };
    const refusal = {
      reason: 'link-missing',
      message: `ENI eni-1: expected a link with MAC ${address.eniMac}, got none`,
    };
    expect(() => planAttachment(wish, address, without, node)).toThrow(expect.objectContaining(refusal));
  });

  it.each([
    ['another pod', 'cali0123456789a', true],
    ['the same pod', hostIfName, false],
    ['a pod that vanished', undefined, false],
  ])('an address that the kernel shows at %s: in use = %s', (_, hostInterface, inUse) => {
    const addresses = [{ ip: address.ip, hostInterface, eniMac: address.eniMac }];
    expect(inUseByAnother(address.ip, hostIfName, { ...kernel, addresses })).toBe(inUse);
    expect(inUseByAnother('10.0.0.99', hostIfName, { ...kernel, addresses })).toBe(false);
  });
});
