import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { IpamRefusal } from '@terway/ipam-core';
import {
  type AgentHandlers,
  bindService,
  createClient,
  type GrpcServer,
  grpcServer,
  isUnreachable,
  refusalOf,
} from './index.js';

/** Servers and clients of one test, ended after it whatever happened. */
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

interface Setup {
  readonly handlers?: Partial<AgentHandlers>;
  readonly reported?: unknown[];
  readonly drainMs?: number;
}

async function startServer({ handlers = {}, reported = [], drainMs = 1_000 }: Setup): Promise<GrpcServer> {
  const answer: AgentHandlers = {
    listSandboxes: async () => ({ sandboxes: [{ ip: '10.0.0.7', state: 'wired' }] }),
    getStatus: async () => ({ online: true }),
    ...handlers,
  };
  const server = grpcServer({
    name: 'grpc-server',
    services: [bindService('terway.agent.v1.AgentService', answer)],
    at: { host: '127.0.0.1', port: 0 },
    drainMs,
    report: (error) => reported.push(error),
    nowMs: Date.now,
  });
  await server.start();
  endings.push(() => server.stop());
  return server;
}

function connect(target: string) {
  const client = createClient('terway.agent.v1.AgentService', target);
  endings.push(() => client.close());
  return client;
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a call', () => {
  it('brings every field of the answer', async () => {
    const server = await startServer({});
    const answer = await connect(`ipv4:127.0.0.1:${server.port()}`).listSandboxes({}, { deadlineMs: 5_000 });
    expect(answer.sandboxes).toMatchObject([{ ip: '10.0.0.7', state: 'wired', podName: '' }]);
  });

  it('tells the handler how long the caller waits', async () => {
    const seen: (number | undefined)[] = [];
    const getStatus: AgentHandlers['getStatus'] = async (_, { deadlineMs }) => (seen.push(deadlineMs), {});
    const server = await startServer({ handlers: { getStatus } });
    await connect(`ipv4:127.0.0.1:${server.port()}`).getStatus({}, { deadlineMs: 5_000 });
    expect(seen[0]).toBeGreaterThan(1_000);
    expect(seen[0]).toBeLessThanOrEqual(5_000);
  });

  it('brings a refusal back with its reason, facts and delay', async () => {
    const getStatus: AgentHandlers['getStatus'] = async () => {
      throw new IpamRefusal('vswitch-exhausted', 'vsw-1 is full', {
        retryAfterMs: 1_500,
        details: { vswitch_id: 'vsw-1' },
      });
    };
    const server = await startServer({ handlers: { getStatus } });
    const error = await failure(connect(`ipv4:127.0.0.1:${server.port()}`).getStatus({}, { deadlineMs: 5_000 }));
    expect(error).toMatchObject({ code: status.RESOURCE_EXHAUSTED, details: 'vsw-1 is full' });
    expect(refusalOf(error)).toEqual({
      reason: 'vswitch-exhausted',
      message: 'vsw-1 is full',
      retryAfterMs: 1_500,
      details: { vswitch_id: 'vsw-1' },
    });
    expect(isUnreachable(error)).toBe(false);
  });

  it('tells the client nothing of a bug, and the server everything', async () => {
    const reported: unknown[] = [];
    const bug = new Error('password is hunter2');
    const getStatus: AgentHandlers['getStatus'] = () => {
      throw bug;
    };
    const server = await startServer({ handlers: { getStatus }, reported });
    const error = await failure(connect(`ipv4:127.0.0.1:${server.port()}`).getStatus({}, { deadlineMs: 5_000 }));
    expect(error).toMatchObject({ code: status.INTERNAL, details: 'internal error' });
    expect(reported).toEqual([bug]);
  });

  it('ends at its deadline, for the handler too', async () => {
    const reasons: unknown[] = [];
    const getStatus: AgentHandlers['getStatus'] = (_, { signal }) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason));
      return never(signal);
    };
    const server = await startServer({ handlers: { getStatus } });
    const error = await failure(connect(`ipv4:127.0.0.1:${server.port()}`).getStatus({}, { deadlineMs: 150 }));
    expect(error).toMatchObject({ code: status.DEADLINE_EXCEEDED });
    expect(isUnreachable(error)).toBe(true);
    await server.stop();
    expect(reasons).toHaveLength(1);
  });

  it('ends when its client cancels, for the handler too', async () => {
    const caller = new AbortController();
    let arrived = (): void => undefined;
    let reason: unknown;
    const cancelled = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const getStatus: AgentHandlers['getStatus'] = (_, { signal }) => {
      signal.addEventListener('abort', () => {
        reason = signal.reason;
        arrived();
      });
      caller.abort(new Error('enough'));
      return never(signal);
    };
    const reported: unknown[] = [];
    const server = await startServer({ handlers: { getStatus }, reported });
    const client = connect(`ipv4:127.0.0.1:${server.port()}`);
    await expect(client.getStatus({}, { deadlineMs: 5_000, signal: caller.signal })).rejects.toThrow('enough');
    await cancelled;
    expect(reason).toMatchObject({ name: 'CallCancelled' });
    expect(reported).toEqual([]);
  });

  it('finds no server where none listens', async () => {
    const server = await startServer({});
    const target = `ipv4:127.0.0.1:${server.port()}`;
    await server.stop();
    const error = await failure(connect(target).getStatus({}, { deadlineMs: 5_000 }));
    expect(error).toMatchObject({ code: status.UNAVAILABLE });
    expect(isUnreachable(error)).toBe(true);
  });

  it('goes to all replicas in turn', async () => {
    const counts = [0, 0];
    const servers = await Promise.all(
      counts.map((_, index) =>
        startServer({ handlers: { getStatus: async () => ((counts[index] = (counts[index] ?? 0) + 1), {}) } }),
      ),
    );
    const client = connect(`ipv4:${servers.map((server) => `127.0.0.1:${server.port()}`).join(',')}`);
    for (let call = 0; call < 40 && counts.includes(0); call++) await client.getStatus({}, { deadlineMs: 5_000 });
    expect(counts).not.toContain(0);
  });
});
