import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  Client,
  credentials,
  type MethodDefinition,
  type ServiceDefinition,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { IpamRefusal } from '@terway/ipam-core';
import { listen } from '@terway/runtime';
import { type AgentHandlers, grpcServer, type GrpcServer, refusalOf } from './index.js';
import { packageDefinition } from './protocol.js';
import { failureOf, never, TestServers } from './test-servers.js';

const servers = new TestServers();
afterEach(() => servers.end());

describe('a server', () => {
  it('is healthy as a whole and by service', async () => {
    const server = await servers.start({});
    expect(await healthOf(server, '')).toBe('SERVING');
    expect(await healthOf(server, 'terway.agent.v1.AgentService')).toBe('SERVING');
    await expect(healthOf(server, 'terway.ipam.v1.IpamService')).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  it('names its services to those who ask by reflection', async () => {
    const server = await servers.start({});
    expect(await servicesOf(server)).toEqual(['grpc.health.v1.Health', 'terway.agent.v1.AgentService']);
  });

  it('names the process that holds its port', async () => {
    const holder = createServer();
    const port = await listen(holder, { host: '127.0.0.1', port: 0 });
    const server = grpcServer({
      name: 'grpc',
      services: [],
      at: { host: '127.0.0.1', port },
      drainMs: 0,
      report: () => undefined,
      nowMs: Date.now,
    });
    const error = await failureOf(server.start()).finally(() => holder.close());
    expect(error).toMatchObject({ name: 'ListenError', code: 'EADDRINUSE' });
    expect((error as Error).message).toMatch(new RegExp(`^port ${port} is taken by .+ \\(pid ${process.pid}\\)$`));
    await server.stop();
  });
});

describe('a server on a unix socket', () => {
  it('lets only its owner in, and leaves nothing behind', () =>
    inDirectory(async (directory) => {
      const socketPath = join(directory, 'eni.socket');
      const server = await servers.start({ socketPath });
      expect((await stat(socketPath)).mode & 0o777).toBe(0o600);
      expect(await servers.connectTo(`unix:${socketPath}`).getStatus({}, { deadlineMs: 5_000 })).toMatchObject({
        online: true,
      });
      await server.stop();
      await expect(stat(socketPath)).rejects.toMatchObject({ code: 'ENOENT' });
    }));

  it('does not take the socket of a living process', () =>
    inDirectory(async (directory) => {
      const socketPath = join(directory, 'eni.socket');
      await servers.start({ socketPath });
      await expect(servers.start({ socketPath })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    }));

  it('does not remove a file that is no socket', () =>
    inDirectory(async (directory) => {
      const socketPath = join(directory, 'eni.socket');
      await writeFile(socketPath, 'precious');
      await expect(servers.start({ socketPath })).rejects.toMatchObject({ name: 'ListenError' });
      expect((await stat(socketPath)).size).toBe(8);
    }));
});

describe('a server that stops', () => {
  it('lets a short call end', async () => {
    const call = gate();
    const getStatus: AgentHandlers['getStatus'] = async () => {
      call.arrive();
      await call.released;
      return { nodeName: 'node-1' };
    };
    const server = await servers.start({ handlers: { getStatus } });
    const answer = servers.connect(server).getStatus({}, { deadlineMs: 5_000 });
    await call.arrived;
    const stopped = server.stop();
    call.release();
    expect(await answer).toMatchObject({ nodeName: 'node-1' });
    await stopped;
  });

  it('tells a waiting call to give way with a reason', async () => {
    const call = gate();
    const getStatus: AgentHandlers['getStatus'] = async (_, { stopping }) => {
      call.arrive();
      await never(stopping).catch(() => undefined);
      throw new IpamRefusal('shutting-down', 'another replica answers', { retryAfterMs: 0 });
    };
    const server = await servers.start({ handlers: { getStatus } });
    const failure = failureOf(servers.connect(server).getStatus({}, { deadlineMs: 5_000 }));
    await call.arrived;
    await server.stop();
    expect(refusalOf(await failure)).toMatchObject({ reason: 'shutting-down', retryAfterMs: 0 });
  });

  it('cuts a call that does not end in time', async () => {
    const call = gate();
    const getStatus: AgentHandlers['getStatus'] = (_, { signal }) => {
      call.arrive();
      return never(signal);
    };
    const server = await servers.start({ handlers: { getStatus }, drainMs: 20 });
    const failure = failureOf(servers.connect(server).getStatus({}, { deadlineMs: 60_000 }));
    await call.arrived;
    await server.stop();
    expect([status.UNAVAILABLE, status.CANCELLED]).toContain(((await failure) as ServiceError).code);
  });
});

/** A call that has arrived and waits for the test to let it go on. */
function gate() {
  let arrive = (): void => undefined;
  let release = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  return { arrived, released, arrive: () => arrive(), release: () => release() };
}

async function inDirectory(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'terway-api-'));
  try {
    await use(directory);
  } finally {
    await servers.end();
    await rm(directory, { recursive: true });
  }
}

/** What a probe learns; rejects with gRPC's error. */
async function healthOf(server: GrpcServer, service: string): Promise<unknown> {
  const { path, requestSerialize, responseDeserialize } = methodOf(packageDefinition, 'grpc.health.v1.Health', 'Check');
  const client = new Client(`127.0.0.1:${server.port()}`, credentials.createInsecure());
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { service }, (error, response) =>
        error === null ? resolve(response) : reject(error),
      );
    });
    return (answer as { status: unknown }).status;
  } finally {
    client.close();
  }
}

async function servicesOf(server: GrpcServer): Promise<string[]> {
  const proto = join(dirname(require.resolve('@grpc/reflection')), '../proto/grpc/reflection/v1/reflection.proto');
  const service = 'grpc.reflection.v1.ServerReflection';
  const method = methodOf(loadSync(proto, { keepCase: true }), service, 'ServerReflectionInfo');
  const client = new Client(`127.0.0.1:${server.port()}`, credentials.createInsecure());
  const stream = client.makeBidiStreamRequest(method.path, method.requestSerialize, method.responseDeserialize);
  try {
    return await new Promise((resolve, reject) => {
      stream.on('error', reject);
      stream.on('data', (answer: { list_services_response: { service: { name: string }[] } }) =>
        resolve(answer.list_services_response.service.map(({ name }) => name).toSorted()),
      );
      stream.write({ list_services: '' });
    });
  } finally {
    stream.end();
    client.close();
  }
}

function methodOf(from: PackageDefinition, service: string, method: string): MethodDefinition<unknown, unknown> {
  const found = (from[service] as ServiceDefinition)[method];
  if (found === undefined) throw new Error(`${service} has no ${method}`);
  return found;
}
