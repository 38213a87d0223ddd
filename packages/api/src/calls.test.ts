import { status } from '@grpc/grpc-js';
import { IpamRefusal } from '@terway/ipam-core';
import { type AgentHandlers, isUnreachable, refusalOf, type UnaryMiddleware } from './index.js';
import { failureOf, never, TestServers } from './test-servers.js';

const servers = new TestServers();
afterEach(() => servers.end());

describe('a call', () => {
  it('brings every field of the answer', async () => {
    const server = await servers.start({});
    const answer = await servers.connect(server).listSandboxes({}, { deadlineMs: 5_000 });
    expect(answer.sandboxes).toMatchObject([{ ip: '10.0.0.7', state: 'wired', podName: '' }]);
  });

  it('tells the handler how long the caller waits', async () => {
    const seen: (number | undefined)[] = [];
    const getStatus: AgentHandlers['getStatus'] = async (_, { deadlineMs }) => (seen.push(deadlineMs), {});
    const server = await servers.start({ handlers: { getStatus } });
    await servers.connect(server).getStatus({}, { deadlineMs: 5_000 });
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
    const server = await servers.start({ handlers: { getStatus } });
    const error = await failureOf(servers.connect(server).getStatus({}, { deadlineMs: 5_000 }));
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
    const server = await servers.start({ handlers: { getStatus }, reported });
    const error = await failureOf(servers.connect(server).getStatus({}, { deadlineMs: 5_000 }));
    expect(error).toMatchObject({ code: status.INTERNAL, details: 'internal error' });
    expect(reported).toEqual([bug]);
  });

  it('ends at its deadline, for the handler too', async () => {
    const reasons: unknown[] = [];
    const getStatus: AgentHandlers['getStatus'] = (_, { signal }) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason));
      return never(signal);
    };
    const server = await servers.start({ handlers: { getStatus } });
    const error = await failureOf(servers.connect(server).getStatus({}, { deadlineMs: 150 }));
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
    const server = await servers.start({ handlers: { getStatus }, reported });
    const client = servers.connect(server);
    await expect(client.getStatus({}, { deadlineMs: 5_000, signal: caller.signal })).rejects.toThrow('enough');
    await cancelled;
    expect(reason).toMatchObject({ name: 'CallCancelled' });
    expect(reported).toEqual([]);
  });

  it('passes the middleware in order, the first one outermost', async () => {
    const seen: string[] = [];
    const named =
      (name: string): UnaryMiddleware =>
      (method, handle) =>
      (request, context) => {
        seen.push(`${name} ${method}`);
        return handle(request, context);
      };
    const server = await servers.start({ middleware: [named('outer'), named('inner')] });
    await servers.connect(server).getStatus({}, { deadlineMs: 5_000 });
    const method = 'terway.agent.v1.AgentService/GetStatus';
    expect(seen).toEqual([`outer ${method}`, `inner ${method}`]);
  });

  it('finds no server where none listens', async () => {
    const server = await servers.start({});
    await server.stop();
    const error = await failureOf(servers.connect(server).getStatus({}, { deadlineMs: 5_000 }));
    expect(error).toMatchObject({ code: status.UNAVAILABLE });
    expect(isUnreachable(error)).toBe(true);
  });

  it('goes to all replicas in turn', async () => {
    const counts = [0, 0];
    const replicas = await Promise.all(
      counts.map((_, index) =>
        servers.start({ handlers: { getStatus: async () => ((counts[index] = (counts[index] ?? 0) + 1), {}) } }),
      ),
    );
    const client = servers.connect(...replicas);
    for (let call = 0; call < 40 && counts.includes(0); call++) await client.getStatus({}, { deadlineMs: 5_000 });
    expect(counts).not.toContain(0);
  });
});
