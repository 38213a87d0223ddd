import { join } from 'node:path';
import { Child } from '../run/child.js';
import { freePort } from '../run/free-port.js';

export interface LabRedis {
  readonly url: string;
  readonly child: Child;
}

/** A Redis of the lab's own, on loopback, that keeps every write it has acknowledged for a second at most in memory. */
export async function startRedis(dataDir: string, env: Readonly<Record<string, string>>): Promise<LabRedis> {
  const port = await freePort();
  const options = { port, bind: '127.0.0.1', save: '', appendonly: 'yes', appendfsync: 'everysec', dir: dataDir };
  const child = await Child.start({
    name: 'redis-server',
    program: 'redis-server',
    args: Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]),
    env,
    logPath: join(dataDir, 'redis-server.log'),
    isReady: (line) => line.includes('Ready to accept connections'),
  });
  return { url: `redis://127.0.0.1:${port}`, child };
}
