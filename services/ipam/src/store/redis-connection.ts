import type { Script } from './redis-script.js';

/**
 * What the adapters ask of Redis, whatever stands behind it. Each call is sent again, with the same values, as long as
 * its outcome is unknown or the server refuses for the moment: everything sent has to bear a repeat.
 *
 * @throws IpamRefusal `store-unavailable`, with `details.cause` and `details.executed`
 */
export interface RedisConnection {
  /** Runs a script; the first of the values are its keys. */
  run(script: Script, values: readonly (string | number)[]): Promise<unknown>;
  /** One command on the key that is the first of its values. */
  call(command: string, values: readonly (string | number)[]): Promise<unknown>;
  close(): Promise<void>;
}
