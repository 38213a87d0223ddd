import { targetOf } from '@terway/api';

/**
 * The target of a client for `host:port`, or for several IP addresses with commas: `10.0.0.1:19650,10.0.0.2:19650`.
 *
 * @throws RangeError
 */
export function ipamTarget(addresses: string): string {
  const each = addresses.split(',').map((address) => address.trim());
  const strange = each.find((address) => !/^[^/\s]+:\d+$/.test(address));
  if (strange === undefined) return targetOf(each);
  throw new RangeError(`address: expected host:port, got '${strange}'`);
}
