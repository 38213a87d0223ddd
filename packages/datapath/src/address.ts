import { isIP } from 'node:net';

/** An address as the prefix that holds it alone: `10.0.0.10/32`, `fd00::a/128`. */
export function hostPrefix(ip: string): string {
  return `${ip}/${isIP(ip) === 6 ? 128 : 32}`;
}

/** The address of a prefix that holds one address only; undefined for a wider one. */
export function soleAddress(prefix: string): string | undefined {
  const [ip = '', length] = prefix.split('/');
  return length === undefined || hostPrefix(ip) === prefix ? ip : undefined;
}

/** True for `10.0.0.0/24` and `fd00::/64`; a bare address is not a prefix. */
export function isPrefix(text: string): boolean {
  const [ip = '', length = '', ...rest] = text.split('/');
  const family = isIP(ip);
  return family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= (family === 6 ? 128 : 32);
}
