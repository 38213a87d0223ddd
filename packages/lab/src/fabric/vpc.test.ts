import { gatewayOf, prefixLengthOf } from './vpc.js';

it.each([
  ['10.0.0.0/24', '10.0.0.253', 24],
  ['10.0.0.0/16', '10.0.255.253', 16],
  ['192.168.64.0/20', '192.168.79.253', 20],
  ['172.16.0.8/29', '172.16.0.13', 29],
  ['10.0.0.77/24', '10.0.0.253', 24],
])('the gateway of %s is %s', (cidr, gateway, length) => {
  expect(gatewayOf(cidr)).toBe(gateway);
  expect(prefixLengthOf(cidr)).toBe(length);
});

it.each(['10.0.0.0', '10.0.0.0/8', '10.0.0.0/30', '10.0.0.256/24', 'fd00::/64'])('refuses %s as a vSwitch', (cidr) => {
  expect(() => gatewayOf(cidr)).toThrow(`vSwitch CIDR: expected IPv4 with /16 to /29, got '${cidr}'`);
});
