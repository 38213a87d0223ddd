import { createClient, type AgentClient, targetOf } from './clients.js';
import { grpcServer, type GrpcServer } from './server.js';
import { type AgentHandlers, bindService, type UnaryMiddleware } from './services.js';

export interface TestServerOptions {
  readonly handlers?: Partial<AgentHandlers>;
  readonly middleware?: readonly UnaryMiddleware[];
  /** Gets what the server reports. */
  readonly reported?: unknown[];
  readonly drainMs?: number;
  readonly socketPath?: string;
}

/** Real servers on free ports and real clients of them, for tests: all of them end with `end`. */
export class TestServers {
  private readonly endings: (() => unknown)[] = [];

  async start({
    handlers,
    middleware,
    reported = [],
    drainMs = 1_000,
    socketPath,
  }: TestServerOptions): Promise<GrpcServer> {
    const answers: AgentHandlers = {
      listSandboxes: async () => ({ sandboxes: [{ ip: '10.0.0.7', state: 'wired' }] }),
      getStatus: async () => ({ online: true }),
      ...handlers,
    };
    const server = grpcServer({
      name: 'test-server',
      services: [bindService('terway.agent.v1.AgentService', answers, middleware)],
      at: socketPath === undefined ? { host: '127.0.0.1', port: 0 } : { socketPath },
      drainMs,
      report: (error) => reported.push(error),
      nowMs: Date.now,
    });
    await server.start();
    this.endings.push(() => server.stop());
    return server;
  }

  connect(...servers: readonly GrpcServer[]): AgentClient {
    return this.connectTo(targetOf(servers.map((server) => `127.0.0.1:${server.port()}`)));
  }

  connectTo(target: string): AgentClient {
    const client = createClient('terway.agent.v1.AgentService', target);
    this.endings.push(() => client.close());
    return client;
  }

  async end(): Promise<void> {
    for (const end of this.endings.splice(0).toReversed()) await end();
  }
}

/** What a handler does that has nothing to answer before its signal aborts. */
export function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}

/** The error of a call that must fail. */
export function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: unknown) => error,
  );
}
