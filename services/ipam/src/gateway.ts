import ipaddr from 'ipaddr.js';

/** Gateway of a vSwitch: the third address from the end of its CIDR, for example 10.0.0.253 of 10.0.0.0/24. Empty for no CIDR. */
export function gatewayOf(cidr: string): string {
  if (!ipaddr.IPv4.isValidCIDR(cidr)) return '';
  const bytes = ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toByteArray();
  const last = bytes.reduce((value, byte) => value * 256 + byte, 0) - 2;
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.');
}
