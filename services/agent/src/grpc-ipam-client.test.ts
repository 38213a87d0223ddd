import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindService, createClient, grpcServer, targetOf } from '@terway/api';
import { IpamRefusal } from '@terway/ipam-core';
import { startAll, stopAll } from '@terway/runtime';
import { grpcIpamClient } from './grpc-ipam-client.js';
import { leasesOf, memoryAgent, memoryNode, podWish } from './memory-agent.js';
import { memoryIpamHandlers } from './memory-ipam-service.js';

describe('the centre over gRPC', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terway-grpc-'));
  const node = memoryNode(3);
  const instances: unknown[] = [];
  const socketPath = join(folder, 'ipam.sock');
  const wire = createClient('terway.ipam.v1.IpamService', targetOf([socketPath]));
  const client = grpcIpamClient(wire, 'i-1');
  const handlers = memoryIpamHandlers(node.ipam);
  const server = grpcServer({
    name: 'memory-ipam',
    services: [
      bindService('terway.ipam.v1.IpamService', handlers, [
        (_, handle) => (request, call) => {
          instances.push(call.metadata.get('x-terway-instance-id')[0]);
          return handle(request, call);
        },
      ]),
    ],
    at: { socketPath },
    drainMs: 100,
    report: (error) => instances.push(error),
    nowMs: Date.now,
  });

  beforeAll(() => startAll([server]));
  afterAll(async () => {
    wire.close();
    await stopAll([server]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves an agent as the port promises, and every call says which instance asks', async () => {
    const agent = memoryAgent({ ...node, ipam: Object.assign(Object.create(node.ipam) as typeof node.ipam, client) });
    const web = podWish('web-0');
    const { address } = await agent.add(web, undefined, 2_000);
    expect(leasesOf(node)).toEqual(new Map([[web.owner.sandboxId, address.ip]]));
    expect(address).toMatchObject({ eniId: 'eni-1', vswitchCidr: '10.0.0.0/24', gateway: '10.0.0.253' });
    await agent.del(web);
    expect(leasesOf(node).size).toBe(0);
    expect(new Set(instances)).toEqual(new Set(['i-1']));
  });

  it('hands on a refusal with its reason, delay and facts', async () => {
    node.ipam.away = new IpamRefusal('node-frozen', 'two agents', { retryAfterMs: 1_500, details: { node: 'i-1' } });
    const fence = { instanceId: 'i-1', incarnation: 'x', session: '', generation: '', lastAgentSeq: 0 };
    await expect(client.open(fence, 'n1', { deadlineMs: 1_000 })).rejects.toMatchObject({
      ...{ reason: 'node-frozen', message: 'two agents', retryAfterMs: 1_500, details: { node: 'i-1' } },
    });
    node.ipam.away = undefined;
  });

  it('says ipam-unavailable when nobody answers', async () => {
    const nowhere = createClient('terway.ipam.v1.IpamService', targetOf([join(folder, 'absent.sock')]));
    const fence = { instanceId: 'i-1', incarnation: 'x', session: '', generation: '', lastAgentSeq: 0 };
    const asked = grpcIpamClient(nowhere, 'i-1').open(fence, 'n1', { deadlineMs: 1_000 });
    await expect(asked).rejects.toMatchObject({ reason: 'ipam-unavailable' });
    nowhere.close();
  });

  it('ends with the reason of the caller when the caller gives up', async () => {
    const gaveUp = new Error('a new session begins');
    const fence = { instanceId: 'i-1', incarnation: 'x', session: '', generation: '', lastAgentSeq: 0 };
    const asked = client.open(fence, 'n1', { deadlineMs: 1_000, signal: AbortSignal.abort(gaveUp) });
    await expect(asked).rejects.toBe(gaveUp);
  });
});
