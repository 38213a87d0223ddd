import { silentLogger } from '@terway/runtime';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connectSingle } from './redis-single.js';
import type { RedisConnection } from './redis-connection.js';

/** A Redis of a test's own, on loopback, in a folder of its own. */
export interface TestRedis {
  readonly url: string;
  readonly process: ChildProcess;
  connect(): Promise<RedisConnection>;
  stop(): Promise<void>;
}

/** @throws Error in one sentence when there is no redis-server, or it does not start */
export async function startTestRedis(args: readonly string[] = []): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'test-redis-'));
  const port = await freePort();
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...args];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  await ready(server);
  const url = `redis://127.0.0.1:${port}`;
  const connections: RedisConnection[] = [];
  return {
    url,
    process: server,
    connect: async () => {
      const connection = await connectSingle({ url, clientName: 'test', log: silentLogger });
      connections.push(connection);
      return connection;
    },
    stop: async () => {
      await Promise.all(connections.map((connection) => connection.close()));
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGKILL');
        await once(server, 'exit');
      }
      await rm(folder, { recursive: true });
    },
  };
}

async function ready(server: ChildProcess): Promise<void> {
  await Promise.race([
    once(server, 'spawn'),
    once(server, 'error').then(([error]) => {
      throw new Error('these tests need redis-server in the PATH', { cause: error });
    }),
  ]);
  if (server.stdout === null) throw new Error('redis-server has no standard output');
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.includes('Ready to accept connections')) return server.stdout.resume() && undefined;
  }
  throw new Error('redis-server ended before it was ready');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('the probe has no port');
  return address.port;
}
