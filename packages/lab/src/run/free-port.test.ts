import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePorts } from './free-port.js';

it('finds different ports, and leaves out one that is taken', async () => {
  const [taken = 0] = await freePorts(1, 7);
  const server = createServer().listen({ host: '127.0.0.1', port: taken });
  await once(server, 'listening');
  try {
    const ports = await freePorts(3, 7);
    expect(new Set([taken, ...ports]).size).toBe(4);
  } finally {
    server.close();
  }
});

it('says how many were free when there are too few', async () => {
  await expect(freePorts(301)).rejects.toThrow(/^ports: expected 301 free from 19700 to 19999, got \d+$/);
});
