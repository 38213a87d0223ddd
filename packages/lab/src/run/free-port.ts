import { createServer } from 'node:net';
import { LabError } from '../lab-error.js';

/** Below the ports that the kernel gives out by itself, so that no outgoing connection takes one meanwhile. */
const range = { first: 19_700, last: 19_999 } as const;

/** A port of loopback on which nothing listens now. @throws LabError `not-ready` when all are taken */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port as number;
}

/** Different ones. They are looked for from `start` on: labs that start at once begin at different places. */
export async function freePorts(count: number, start: number = process.pid): Promise<readonly number[]> {
  const size = range.last - range.first + 1;
  const found: number[] = [];
  for (let step = 0; step < size && found.length < count; step++) {
    const port = range.first + ((start + step) % size);
    if (await isFree(port)) found.push(port);
  }
  if (found.length === count) return found;
  const expected = `${count} free from ${range.first} to ${range.last}`;
  throw new LabError('not-ready', `ports: expected ${expected}, got ${found.length}`);
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port }, () => server.close(() => resolve(true)));
  });
}
