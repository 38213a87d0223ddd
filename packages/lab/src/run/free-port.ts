import { createServer } from 'node:net';
import { LabError } from '../lab-error.js';

/** Below the ports that the kernel gives out by itself, so that no outgoing connection takes one meanwhile. */
const range = { first: 19_700, last: 19_999 } as const;

/** A port of loopback on which nothing listens now. @throws LabError `not-ready` when all are taken */
export async function freePort(): Promise<number> {
  for (let port = range.first; port <= range.last; port++) {
    if (await isFree(port)) return port;
  }
  throw new LabError('not-ready', `ports: expected a free one from ${range.first} to ${range.last}, got none`);
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port }, () => server.close(() => resolve(true)));
  });
}
