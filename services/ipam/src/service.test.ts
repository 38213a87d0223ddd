import { refusalOf } from '@terway/api';
import { refused } from './refill/test-node.js';
import { startTestService, type TestServiceOptions } from './test-service.js';

type TestService = Awaited<ReturnType<typeof startTestService>>;

/** A machine that is busy with other tests may be slow. */
jest.setTimeout(20_000);

const services: TestService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.end();
});

/** A service, and the agent of its node with a session that has synced. */
async function inService(options: TestServiceOptions): Promise<TestService> {
  const service = await startTestService(options);
  services.push(service);
  await service.agent.open();
  await service.agent.sync();
  await service.agent.renewUntil(async () => (await service.agent.renew())?.recovering === false);
  return service;
}

function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: unknown) => error,
  );
}

/** Resolves once a call has begun to wait in the store. */
async function waiting({ applied, agent }: TestService): Promise<void> {
  await agent.renewUntil(() => applied.includes('allocate'));
}

describe('the service on the wire', () => {
  it('tells an agent at its start what it needs of the configuration', async () => {
    const service = await startTestService({ idle: 0 });
    services.push(service);
    expect(await service.agent.open()).toEqual({
      ...{ cooldownMs: 60_000, extraRoutes: ['10.8.0.0/16'], serviceCidrs: ['172.21.0.0/20'] },
    });
    expect(await service.agent.sync()).toMatchObject({ idle: [], resync: false });
  });

  it('refuses everything before the session has synced', async () => {
    const service = await startTestService({ idle: 0 });
    services.push(service);
    await service.agent.open();
    const refusal = refusalOf(await failureOf(service.agent.allocate('a', { deadlineMs: 2_000 })));
    expect(refusal).toMatchObject({ reason: 'sync-required' });
  });

  it('gives the first pod of a node its address, with all that a datapath needs', async () => {
    const { agent } = await inService({ idle: 0 });
    let done = false;
    const allocated = agent.allocate('a', { deadlineMs: 60_000 }).finally(() => (done = true));
    await agent.renewUntil(() => done);
    expect((await allocated).address).toMatchObject({
      ...{ ip: expect.stringMatching(/^10\.0\.0\.\d+$/), eniMac: expect.stringMatching(/^([0-9a-f]{2}:){5}/) },
      ...{ vswitchId: 'vsw-1', vswitchCidr: '10.0.0.0/24', gateway: '10.0.0.253', zoneId: 'zone-a' },
    });
  });

  it('gives an idle address with one command to the store, and the same again to who asks again', async () => {
    const { agent, applied } = await inService({ idle: 2 });
    await agent.renewUntil(async () => (await agent.renew())?.idle.length === 2);
    applied.length = 0;
    const first = await agent.allocate('a', { deadlineMs: 5_000 });
    expect(applied).toEqual(['allocate']);
    const again = await agent.allocate('a', { deadlineMs: 5_000 });
    expect(again.address).toEqual(first.address);
    const other = await agent.allocate('b', { deadlineMs: 5_000 });
    expect(other.address?.ip).not.toBe(first.address?.ip);
  });

  it('refuses in time, in the words of the cloud', async () => {
    const full = refused('InvalidVSwitchId.IpNotEnough', 'vswitch-exhausted');
    const { agent } = await inService({ idle: 0, cloudOf: (cloud) => cloud.failNext('createEni', full) });
    const refusal = refusalOf(await failureOf(agent.allocate('a', { deadlineMs: 20_000 })));
    expect(refusal).toMatchObject({
      reason: 'vswitch-exhausted',
      message: 'no vSwitch of zone zone-a has a free address',
      details: { vswitch_id: 'vsw-1', cloud_code: 'InvalidVSwitchId.IpNotEnough', request_id: 'R-1' },
    });
    expect(refusal?.retryAfterMs).toBeGreaterThanOrEqual(1_000);
  });

  it('has an answer for a caller whose time is short', async () => {
    const { agent } = await inService({ idle: 0 });
    const refusal = refusalOf(await failureOf(agent.allocate('a', { deadlineMs: 2_000 })));
    expect(refusal).toMatchObject({ reason: 'pool-exhausted', retryAfterMs: expect.any(Number) });
  });

  it('stops waiting for a caller who has gone', async () => {
    const service = await inService({ idle: 0 });
    const caller = new AbortController();
    const failure = failureOf(service.agent.allocate('a', { deadlineMs: 60_000, signal: caller.signal }));
    await waiting(service);
    caller.abort(new Error('enough'));
    expect(await failure).toMatchObject({ message: 'enough' });
    await service.agent.renewUntil(() => service.ended.includes('Allocate CANCELLED'));
  });

  it('sends who waits to another replica when it stops', async () => {
    const service = await inService({ idle: 0 });
    const failure = failureOf(service.agent.allocate('a', { deadlineMs: 60_000 }));
    await waiting(service);
    await service.stopServer();
    expect(refusalOf(await failure)).toMatchObject({ reason: 'shutting-down', retryAfterMs: 100 });
  });
});
