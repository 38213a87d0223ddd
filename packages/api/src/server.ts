import { chmod } from 'node:fs/promises';
import { logVerbosity, Server, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { clearStaleSocket, type Component, endsManyWaits, type HostPort, listenError } from '@terway/runtime';
import { HealthImplementation } from 'grpc-health-check';
import { packageDefinition } from './protocol.js';
import type { BoundService } from './services.js';

export interface GrpcServerOptions {
  readonly name: string;
  readonly services: readonly BoundService[];
  /** A TCP address, or the path of a unix socket that only its owner may open. */
  readonly at: HostPort | { readonly socketPath: string };
  /** How long calls in progress may take to end once the server stops; then they are cut. */
  readonly drainMs: number;
  /** Hears of every error that no client is told of. */
  readonly report: (error: unknown) => void;
  readonly nowMs: () => number;
}

export interface GrpcServer extends Component {
  /** The bound TCP port, once started; 0 for a unix socket. */
  readonly port: () => number;
}

/** Node reports and full synchronisations of a large node are the largest messages. */
export const maxMessageBytes = 16 * 1024 * 1024;

const healthOfServer = '';

/**
 * A gRPC server with its services, grpc.health.v1 and reflection. It is SERVING from start to stop: what its store can
 * do is for the answers to say. `stop` turns health to NOT_SERVING, tells waiting calls to give way, sends GOAWAY, lets
 * calls end, and cuts what is left after `drainMs`.
 */
export function grpcServer(options: GrpcServerOptions): GrpcServer {
  const { name, services, at, drainMs, report, nowMs } = options;
  const stopping = new AbortController();
  endsManyWaits(stopping.signal);
  const health = new HealthImplementation({});
  const names = [healthOfServer, ...services.map((service) => service.name)];
  let port = 0;

  setLogVerbosity(logVerbosity.NONE); // what the library would print is in the errors that it gives
  const server = new Server({ 'grpc.max_receive_message_length': maxMessageBytes });
  for (const { definition, implement } of services) {
    server.addService(definition, implement({ stopping: stopping.signal, report, nowMs }));
  }
  health.addToServer(server);
  new ReflectionService(packageDefinition, {
    services: [...services.map((service) => service.name), 'grpc.health.v1.Health'],
  }).addToServer(server);

  return {
    name,
    port: () => port,
    async start() {
      port = 'socketPath' in at ? await bindSocket(server, at.socketPath) : await bindPort(server, at);
      for (const service of names) health.setStatus(service, 'SERVING');
    },
    async stop() {
      for (const service of names) health.setStatus(service, 'NOT_SERVING');
      stopping.abort(new Error(`${name} stops`));
      await drain(server, drainMs);
    },
  };
}

/** @throws ListenError that names the port and its holder */
async function bindPort(server: Server, at: HostPort): Promise<number> {
  const host = at.host.includes(':') ? `[${at.host}]` : at.host;
  try {
    return await bind(server, `${host}:${at.port}`);
  } catch (error) {
    throw await listenError(at, error);
  }
}

/** @throws ListenError when another process answers on the socket */
async function bindSocket(server: Server, path: string): Promise<number> {
  await clearStaleSocket(path);
  await bind(server, `unix:${path}`);
  await chmod(path, 0o600);
  return 0;
}

function bind(server: Server, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
}

function drain(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.forceShutdown(), drainMs);
    server.tryShutdown(() => {
      clearTimeout(cut);
      resolve();
    });
  });
}
