import { checkAttachment, type PodAttachment } from './attachment.js';
import { DatapathError } from './errors.js';
import { sampleAttachment } from './sample-attachment.js';

const { eni } = sampleAttachment();

describe('checkAttachment', () => {
  it.each(['/proc/4711/ns/net', '/var/run/netns/cni-5f3c-11', '/run/user/1000/netns/a.b'])(
    'takes a namespace at %s',
    (netns) => {
      expect(checkAttachment(sampleAttachment({ netns })).netns).toBe(netns);
    },
  );

  it.each<[string, Partial<PodAttachment>]>([
    ['netns: expected an absolute path without blanks, got ""', { netns: '' }],
    ['netns: expected an absolute path without blanks, got "pod"', { netns: 'pod' }],
    ['netns: expected an absolute path without blanks, got "/run/a b"', { netns: '/run/a b' }],
    ['netns: expected an absolute path without blanks, got "/run/a\\nlink"', { netns: '/run/a\nlink' }],
    ['ifName: expected 1 to 15 letters, digits, "_", "-" or ".", got "eth0 up"', { ifName: 'eth0 up' }],
    ['ifName: expected 1 to 15 letters, digits, "_", "-" or ".", got "../all"', { ifName: '../all' }],
    [
      'hostIfName: expected 1 to 15 letters, digits, "_", "-" or ".", got "calic440f4556930"',
      { hostIfName: 'calic440f4556930' },
    ],
    ['hostIfName: expected 1 to 15 letters, digits, "_", "-" or ".", got "-force"', { hostIfName: '-force' }],
    ['podMac: expected a MAC such as 00:16:3e:0a:0b:0c, got "00:16:3e"', { podMac: '00:16:3e' }],
    ['ip: expected an IPv4 address, got "10.0.0.10/32"', { ip: '10.0.0.10/32' }],
    ['vSwitchGateway: expected an IPv4 address, got "10.0.0"', { vSwitchGateway: '10.0.0' }],
    ['hostIp: expected an IPv4 address, got "fd00::1"', { hostIp: 'fd00::1' }],
    ['mtu: expected a whole number, 576..65535, got 0', { mtu: 0 }],
    ['eni.ifIndex: expected a link index, got 0', { eni: { ...eni, ifIndex: 0 } }],
    ['eni.ifName: expected 1 to 15 letters, digits, "_", "-" or ".", got ""', { eni: { ...eni, ifName: '' } }],
    [
      'extraRoutes[1]: expected a prefix such as 10.0.0.0/8, got "10.2.0.0"',
      { extraRoutes: ['10.1.0.0/16', '10.2.0.0'] },
    ],
    ['extraRoutes[0]: expected a prefix such as 10.0.0.0/8, got "10.2.0.0/33"', { extraRoutes: ['10.2.0.0/33'] }],
  ])('refuses with %s', (message, change) => {
    const check = () => checkAttachment(sampleAttachment(change));
    expect(check).toThrow(new DatapathError('invalid-attachment', message));
    expect(check).toThrow(expect.objectContaining({ reason: 'invalid-attachment' }));
  });
});
