import { integerBelow, type Random } from './random.js';

export type IdKind = 'eni' | 'vsw' | 'vpc' | 'sg' | 'i';

/** Two letters of the region, as real ids carry them. */
const regionTag = 'sm';
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const hexDigits = '0123456789abcdef';

/** For example `eni-sm` and 17 letters or digits. */
export function newId(kind: IdKind, random: Random): string {
  return `${kind}-${regionTag}${draw(letters, 17, random)}`;
}

/** An address of Alibaba Cloud's block `00:16:3e`, lower case; another one for each of 2^24 orders of creation. */
export function macOf(order: number): string {
  const suffix = (order * 0x9e3779 + 0x51ab17) % 2 ** 24;
  const octets = [suffix >>> 16, (suffix >>> 8) & 255, suffix & 255];
  return ['00', '16', '3e', ...octets.map((octet) => octet.toString(16).padStart(2, '0'))].join(':');
}

/** An upper-case UUID. */
export function newRequestId(random: Random): string {
  const group = (length: number): string => draw(hexDigits, length, random);
  return `${group(8)}-${group(4)}-4${group(3)}-a${group(3)}-${group(12)}`.toUpperCase();
}

function draw(alphabet: string, length: number, random: Random): string {
  return Array.from({ length }, () => alphabet[integerBelow(alphabet.length, random)]).join('');
}
