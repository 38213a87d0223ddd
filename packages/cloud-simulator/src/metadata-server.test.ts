import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.js';
import { testWorld } from './test-cloud.js';

describe('the metadata service', () => {
  let simulator: Simulator;

  const start = async (metadata: SimulatorOptions['metadata'] = {}): Promise<void> => {
    simulator = await startSimulator({ world: testWorld, clock: { speed: 0 }, metadata });
  };

  afterEach(() => simulator.stop());

  const get = async (path: string, init: RequestInit = {}): Promise<readonly [status: number, text: string]> => {
    const response = await fetch(`http://127.0.0.1:${simulator.metadataPort}${path}`, init);
    return [response.status, await response.text()];
  };

  it('tells instances apart by path and by header, and knows a default', async () => {
    await start({ defaultInstanceId: 'i-32' });
    const path = '/latest/meta-data/instance-id';
    expect(await get(`/nodes/i-1${path}`)).toEqual([200, 'i-1']);
    expect(await get(path, { headers: { 'x-terway-instance-id': 'i-small' } })).toEqual([200, 'i-small']);
    expect(await get(path)).toEqual([200, 'i-32']);
    expect(await get('/nodes/i-none/latest/meta-data/instance-id')).toEqual([404, 'Not Found']);
    expect(await get('/nodes/i-1/latest/meta-data/none')).toEqual([404, 'Not Found']);
  });

  it('asks for a session token where it must, and forgets it in time', async () => {
    await start({ tokensRequired: true, defaultInstanceId: 'i-1' });
    const path = '/latest/meta-data/instance-id';
    expect(await get(path)).toEqual([401, 'Unauthorized']);
    const lifetime = { 'x-aliyun-ecs-metadata-token-ttl-seconds': '60' };
    const [, token] = await get('/latest/api/token', { method: 'PUT', headers: lifetime });
    const headers = { 'x-aliyun-ecs-metadata-token': token };
    expect(await get(path, { headers })).toEqual([200, 'i-1']);
    simulator.cloud.clock.advance(60_000);
    expect(await get(path, { headers })).toEqual([401, 'Unauthorized']);
  });

  it.each([
    ['without a lifetime', {}, 400],
    ['for too long', { 'x-aliyun-ecs-metadata-token-ttl-seconds': '21601' }, 400],
    ['through a proxy', { 'x-aliyun-ecs-metadata-token-ttl-seconds': '60', 'x-forwarded-for': '10.0.0.1' }, 403],
  ])('gives no token %s', async (_, headers: Record<string, string>, status) => {
    await start();
    expect((await get('/latest/api/token', { method: 'PUT', headers }))[0]).toBe(status);
  });
});
