import { IpamRefusal } from '@terway/ipam-core';

/**
 * A URL of one Redis server: `redis://[user:password@]host[:port][/db]`, or `rediss://` for TLS.
 *
 * @throws IpamRefusal `invalid-request` that does not show the password
 */
export function redisUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRedis = url?.protocol === 'redis:' || url?.protocol === 'rediss:';
  if (url !== undefined && isRedis && url.hostname !== '' && /^(\/\d*)?$/.test(url.pathname)) return url;
  const got = withoutPassword(text);
  throw new IpamRefusal('invalid-request', `store: expected redis://HOST:PORT[/DB], got '${got}'`, {
    details: { field: 'store' },
  });
}

/** The text of a URL as it may be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/.*@/, '//…@');
}
