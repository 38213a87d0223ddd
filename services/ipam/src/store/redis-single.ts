import { Redis, type RedisOptions } from 'ioredis';
import { errorText, type Logger, onAbort, withDeadline } from '@terway/runtime';
import { RedisClientConnection } from './redis-client-connection.js';
import type { RedisConnection } from './redis-connection.js';
import { redisUrl } from './redis-url.js';

/**
 * Nothing is sent twice, kept for later or waited for without end by the client: repeats are ours, with a request id.
 * RESP2, since old servers and proxies refuse HELLO.
 */
export const clientOptions = {
  protocol: 2,
  maxRetriesPerRequest: 0,
  enableOfflineQueue: false,
  commandTimeout: 1_000,
  socketTimeout: 2_000,
  connectTimeout: 3_000,
  keepAlive: 5_000,
  // closing a client whose connection is gone holds the process for so long
  disconnectTimeout: 200,
  retryStrategy: (attempt: number) => Math.min(100 * attempt, 1_000),
  // 1 = connect anew, do not send again
  reconnectOnError: (error: Error) => (/READONLY|MASTERDOWN/.test(error.message) ? 1 : false),
} as const satisfies RedisOptions;

/** Longer than a hung server takes to be noticed and left; shorter than any caller waits. */
const patienceMs = 3_000;
const defaultReadyWithinMs = 3_000;

export interface SingleServer {
  /** As `redisUrl` takes it. */
  readonly url: string;
  /** Shown in the server's list of clients. */
  readonly clientName: string;
  readonly log: Logger;
  /** How long to wait for a server that is away; 3000 when absent. */
  readonly readyWithinMs?: number;
}

/**
 * A connection to one server, or to a proxy that looks like one. Resolves when it is ready, or some time later
 * without: the service then starts all the same, answers `store-unavailable`, and serves as soon as the server is there.
 *
 * @throws IpamRefusal `invalid-request` for the URL
 */
export async function connectSingle(server: SingleServer): Promise<RedisConnection> {
  const { url, clientName, log, readyWithinMs = defaultReadyWithinMs } = server;
  const client = new Redis(redisUrl(url).href, { ...clientOptions, connectionName: clientName });
  report(client, log);
  if (!(await isReadyWithin(client, readyWithinMs))) {
    log.warn('redis is not ready, starting without it', { waited_ms: readyWithinMs });
  }
  return new RedisClientConnection(client, {
    patienceMs,
    monotonicMs: () => performance.now(),
    random01: Math.random,
  });
}

/** One line per change: a server that stays away is not news. */
function report(client: Redis, log: Logger): void {
  let said = '';
  const say = (text: string, tell: () => void): void => {
    if (text !== said) tell();
    said = text;
  };
  client.on('error', (error: unknown) => {
    const text = errorText(error);
    say(text, () => log.warn('redis connection failed', { error: text }));
  });
  client.on('ready', () => {
    say('ready', () => log.info('redis connection ready'));
    void warnOfEviction(client, log);
  });
}

/** Leases never carry a TTL, so only a policy over all keys can evict them. */
async function warnOfEviction(client: Redis, log: Logger): Promise<void> {
  try {
    const policy = /maxmemory_policy:(\S+)/.exec(await client.info('memory'))?.[1] ?? 'unknown';
    if (policy.startsWith('allkeys')) log.error('redis may evict leases: set maxmemory-policy noeviction', { policy });
  } catch (error) {
    log.warn('redis does not tell its maxmemory-policy', { error: errorText(error) });
  }
}

async function isReadyWithin(client: Redis, timeoutMs: number): Promise<boolean> {
  const waiting = async (signal: AbortSignal): Promise<boolean> =>
    new Promise((resolve) => {
      client.once('ready', () => resolve(true));
      onAbort(signal, () => resolve(false));
    });
  return client.status === 'ready' || withDeadline({ timeoutMs }, waiting);
}
