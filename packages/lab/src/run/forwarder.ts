import { createConnection, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';

/** One end of a forwarding: a unix socket, which all namespaces share, or a TCP address, which they do not. */
export type Endpoint = { readonly path: string } | { readonly host: string; readonly port: number };

/** Carries every connection made to `from` on to `to`, byte by byte. */
export interface Forwarding {
  readonly from: Endpoint;
  readonly to: Endpoint;
}

export interface Forwarder {
  /** Resolves when nothing listens any more; open connections are cut. */
  stop(): Promise<void>;
}

/**
 * Listens on one end and connects to the other. Two of them in a row, one in the fabric's namespace and one in the
 * machine's, with a unix socket between, let nodes reach a service of the machine without a link between the networks.
 */
export async function startForwarder({ from, to }: Forwarding): Promise<Forwarder> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = createConnection({ ...to, allowHalfOpen: true } as NetConnectOpts);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => open.delete(socket));
    }
    near.pipe(far);
    far.pipe(near);
  });
  await listening(server, from);
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        open.forEach((socket) => socket.destroy());
      }),
  };
}

function listening(server: Server, endpoint: Endpoint): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(endpoint, () => resolve());
  });
}
