/** Addresses of an IPv4 CIDR, for example 256 for 10.0.0.0/24; 0 for what is none. */
export function cidrSize(cidr: string): number {
  const length = Number(cidr.split('/')[1] ?? NaN);
  return Number.isInteger(length) && length >= 0 && length <= 32 ? 2 ** (32 - length) : 0;
}
