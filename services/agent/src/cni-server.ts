import { chmod, mkdir } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { clearStaleSocket, type Component } from '@terway/runtime';
import type { CniAnswer } from './cni/dispatch.js';
import type { CniMessage } from './cni/request.js';
import { Overtaken } from './sandbox-turns.js';

/** More than any network configuration needs. */
const maxMessageBytes = 4 * 1024 * 1024;

/** @param signal aborts when the plugin hangs up */
export type AnswerCall = (message: CniMessage, signal: AbortSignal) => Promise<CniAnswer>;

/**
 * Where the plugin brings its one message: 4 bytes of length, big endian, then JSON. The answer has the same form. Calls
 * in progress are answered before `stop` resolves; a message that has not arrived in full is not waited for.
 */
export function cniServer(socketPath: string, answer: AnswerCall): Component {
  const unread = new Set<Socket>();
  const calls = new Set<Promise<void>>();
  const server: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    unread.add(socket);
    const message = readMessage(socket).finally(() => unread.delete(socket));
    const call = serve(socket, message, answer).finally(() => calls.delete(call));
    calls.add(call);
  });

  return {
    name: 'cni-server',
    async start() {
      await mkdir(dirname(socketPath), { recursive: true });
      await clearStaleSocket(socketPath);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(socketPath, resolve);
      });
      await chmod(socketPath, 0o600);
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of unread) socket.destroy();
      await Promise.all(calls);
      await closed;
    },
  };
}

async function serve(socket: Socket, arriving: Promise<CniMessage | undefined>, answer: AnswerCall): Promise<void> {
  const hungUp = new AbortController();
  socket.on('close', () => hungUp.abort(new Overtaken('the plugin hung up')));
  const message = await arriving;
  if (message === undefined) {
    socket.destroy();
    return;
  }
  const body = Buffer.from(JSON.stringify(await answer(message, hungUp.signal)), 'utf8');
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  if (!socket.destroyed) socket.end(Buffer.concat([head, body]), () => socket.destroy());
}

/** Undefined when the other side sends something else, or closes before it has sent all. */
function readMessage(socket: Socket): Promise<CniMessage | undefined> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    socket.on('close', () => resolve(undefined));
    socket.on('end', () => resolve(undefined));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const length = received.length < 4 ? undefined : received.readUInt32BE();
      if (length !== undefined && length > maxMessageBytes) resolve(undefined);
      if (length !== undefined && received.length >= 4 + length) resolve(parseMessage(received.toString('utf8', 4)));
    });
  });
}

function parseMessage(text: string): CniMessage | undefined {
  try {
    const { env, stdin } = JSON.parse(text) as Partial<CniMessage>;
    return typeof env === 'object' && env !== null && typeof stdin === 'string' ? { env, stdin } : undefined;
  } catch {
    return undefined;
  }
}
