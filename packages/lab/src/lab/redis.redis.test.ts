import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Children } from '../run/children.js';
import { Teardown } from '../run/teardown.js';
import { startRedis } from './redis.js';

it('starts a Redis of its own on loopback, and ends it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const teardown = new Teardown();
  try {
    const { hostname, port } = new URL(await startRedis(folder, new Children({ run: 'x1', logDir: folder, teardown })));
    const socket = createConnection({ host: hostname, port: Number(port) });
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toBe('+PONG\r\n');
    await Promise.all([once(socket, 'close'), teardown.run()]);
  } finally {
    await teardown.run();
    await rm(folder, { recursive: true });
  }
});
