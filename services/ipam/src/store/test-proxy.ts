import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';

/** A way to a server that can break. */
export interface TestProxy {
  readonly url: string;
  /** The server carries out what it gets next; its answer is lost, and the connection with it. */
  loseNextAnswer(): void;
  /** Cuts every connection, and each new one until `up`. */
  down(): void;
  up(): void;
  stop(): Promise<void>;
}

export async function startTestProxy(serverUrl: string): Promise<TestProxy> {
  const { hostname, port } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let losing = false;
  let isDown = false;
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const proxy = createServer((client) => {
    keep(client);
    if (isDown) {
      client.destroy();
      return;
    }
    const server = createConnection({ host: hostname, port: Number(port) });
    keep(server);
    client.on('data', (data) => server.write(data)).on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    server.on('data', (data) => {
      if (losing) cut();
      else client.write(data);
      losing = false;
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `redis://127.0.0.1:${address.port}`,
    loseNextAnswer: () => {
      losing = true;
    },
    down: () => {
      isDown = true;
      cut();
    },
    up: () => {
      isDown = false;
    },
    stop: async () => {
      proxy.close();
      cut();
      await once(proxy, 'close');
    },
  };
}
