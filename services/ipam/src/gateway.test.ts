import { gatewayOf } from './gateway.js';

describe('the gateway of a vSwitch', () => {
  it.each([
    ['10.0.0.0/24', '10.0.0.253'],
    ['10.0.16.0/20', '10.0.31.253'],
    ['192.168.0.0/16', '192.168.255.253'],
    ['172.16.0.16/28', '172.16.0.29'],
    ['203.0.113.128/29', '203.0.113.133'],
  ])('of %s is %s', (cidr, gateway) => {
    expect(gatewayOf(cidr)).toBe(gateway);
  });

  it.each(['', '10.0.0.0', '10.0.0.0/33', 'fd00::/64', 'vsw-1'])('is unknown for %p', (text) => {
    expect(gatewayOf(text)).toBe('');
  });
});
