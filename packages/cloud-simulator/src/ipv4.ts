/** IPv4 addresses as unsigned 32-bit numbers. */

export interface Ipv4Range {
  /** The network address. */
  readonly base: number;
  /** Addresses in the range, a power of two. */
  readonly size: number;
}

/** @returns undefined when the text is no dotted quad */
export function parseIpv4(text: string): number | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return undefined;
  const octets = text.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

export function formatIpv4(value: number): string {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
}

/** @returns undefined when the text is no CIDR block, or has bits set beyond its mask */
export function parseCidr(text: string): Ipv4Range | undefined {
  const [network = '', length = ''] = text.split('/');
  const base = parseIpv4(network);
  if (base === undefined || !/^\d{1,2}$/.test(length) || Number(length) > 32) return undefined;
  const size = 2 ** (32 - Number(length));
  return base % size === 0 ? { base, size } : undefined;
}

export function netmaskOf(range: Ipv4Range): string {
  return formatIpv4(2 ** 32 - range.size);
}
