import type { Redis } from 'ioredis';
import type { RedisConnection } from './redis-connection.js';
import { insist, type Patience } from './redis-retries.js';
import type { Script } from './redis-script.js';

/** What a client of a single server, behind Sentinel or of a cluster can do alike. */
export type RedisClient = Pick<Redis, 'evalsha' | 'eval' | 'call' | 'disconnect'>;

/** Calls over one client of ioredis. Closing it ends what is still waiting. */
export class RedisClientConnection implements RedisConnection {
  constructor(
    private readonly client: RedisClient,
    private readonly patience: Patience,
  ) {}

  run(script: Script, values: readonly (string | number)[]): Promise<unknown> {
    return insist(() => this.evaluate(script, values), this.patience);
  }

  call(command: string, values: readonly (string | number)[]): Promise<unknown> {
    return insist(() => this.client.call(command, ...values), this.patience);
  }

  async close(): Promise<void> {
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
