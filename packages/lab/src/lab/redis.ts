import type { Children } from '../run/children.js';
import { freePort } from '../run/free-port.js';

/** A Redis of the lab's own, on loopback, that syncs its log once a second. Returns its URL. */
export async function startRedis(dataDir: string, children: Children): Promise<string> {
  const port = await freePort();
  const options = { port, bind: '127.0.0.1', save: '', appendonly: 'yes', appendfsync: 'everysec', dir: dataDir };
  await children.start({
    name: 'redis-server',
    program: 'redis-server',
    args: Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]),
    isReady: (line) => line.includes('Ready to accept connections'),
  });
  return `redis://127.0.0.1:${port}`;
}
