import { IpamRefusal } from '@terway/ipam-core';
import { sleep } from '@terway/runtime';
import type { Redis } from 'ioredis';
import type { RedisConnection } from './redis-connection.js';
import { insist, type Patience } from './redis-retries.js';
import type { Script } from './redis-script.js';

/** What a client of a single server, behind Sentinel or of a cluster can do alike. */
export type RedisClient = Pick<Redis, 'evalsha' | 'eval' | 'call' | 'disconnect'>;

/** Calls over one client of ioredis. Closing it ends what is still waiting. */
export class RedisClientConnection implements RedisConnection {
  private readonly closing = new AbortController();
  private readonly patience: Patience;

  constructor(
    private readonly client: RedisClient,
    patience: Omit<Patience, 'sleep'>,
  ) {
    this.patience = { ...patience, sleep: (ms) => sleep(ms, this.closing.signal) };
  }

  run(script: Script, values: readonly (string | number)[]): Promise<unknown> {
    return insist(() => this.evaluate(script, values), this.patience);
  }

  call(command: string, values: readonly (string | number)[]): Promise<unknown> {
    return insist(() => this.client.call(command, ...values), this.patience);
  }

  async close(): Promise<void> {
    this.closing.abort(new IpamRefusal('store-unavailable', 'the connection to the store is closed'));
    this.client.disconnect();
  }

  private async evaluate({ sha, text, keys }: Script, values: readonly (string | number)[]): Promise<unknown> {
    try {
      return await this.client.evalsha(sha, keys, ...values);
    } catch (error) {
      // the server forgets scripts when it restarts, moves or fails over
      if (!(error instanceof Error) || !error.message.includes('NOSCRIPT')) throw error;
      return this.client.eval(text, keys, ...values);
    }
  }
}
