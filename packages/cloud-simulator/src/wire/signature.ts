import { createHash, createHmac } from 'node:crypto';
import type { WireCall } from './wire-call.js';

/** RFC 3986: encodes all but letters, digits, `-`, `_`, `.` and `~`. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Sorted by name and encoded afresh, since senders encode the URL more loosely than what they sign. */
export function canonicalQuery(pairs: WireCall['query']): string {
  return pairs
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What ACS3-HMAC-SHA256 signs. */
export function acs3CanonicalRequest(call: WireCall, signedHeaders: readonly string[]): string {
  return [
    call.method,
    call.path,
    canonicalQuery(call.query),
    ...signedHeaders.map((name) => `${name}:${(call.headers[name] ?? '').trim()}`),
    '',
    signedHeaders.join(';'),
    call.headers['x-acs-content-sha256'] ?? '',
  ].join('\n');
}

/** Hexadecimal. */
export function acs3Signature(call: WireCall, signedHeaders: readonly string[], secret: string): string {
  const toSign = `ACS3-HMAC-SHA256\n${sha256Hex(acs3CanonicalRequest(call, signedHeaders))}`;
  return createHmac('sha256', secret).update(toSign).digest('hex');
}

/** The RPC signature of older SDKs: HMAC-SHA1 over all parameters, base64. */
export function rpcSignature(call: WireCall, secret: string): string {
  const query = canonicalQuery(call.pairs.filter(([name]) => name !== 'Signature'));
  return createHmac('sha1', `${secret}&`)
    .update(`${call.method}&${percentEncode('/')}&${percentEncode(query)}`)
    .digest('base64');
}
