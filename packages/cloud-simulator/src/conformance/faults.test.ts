import { setImmediate } from 'node:timers/promises';
import {
  CreateNetworkInterfaceRequest,
  DescribeInstancesRequest,
  DescribeNetworkInterfacesRequest,
} from '@alicloud/ecs20140526';
import { errorCatalogue } from '../cloud-error.js';
import { parseFaultRule } from '../control/parse-fault-rule.js';
import { doHarm } from '../harms/do-harm.js';
import { type Simulator, startSimulator } from '../simulator.js';
import { regionId, type SdkClients, sdkClients, smallWorld } from './clients.js';

describe('what can go wrong, as the vendor’s SDK sees it', () => {
  let simulator: Simulator;
  let clients: SdkClients;

  beforeEach(async () => {
    simulator = await startSimulator({ world: smallWorld, clock: { speed: 0 } });
    clients = sdkClients(simulator, { readTimeout: 300, connectTimeout: 300 });
  });

  afterEach(() => simulator.stop());

  const strike = (effect: object, match: object = {}, limit = 1): void =>
    simulator.cloud.addRule(parseFaultRule({ effect, match, limit }, 'rule'));

  const create = async (clientToken = 'token-1'): Promise<string | undefined> => {
    const fields = { regionId, vSwitchId: 'vsw-a', securityGroupId: 'sg-1', clientToken };
    const { body } = await clients.ecs.createNetworkInterface(new CreateNetworkInterfaceRequest(fields));
    return body?.networkInterfaceId;
  };

  const list = async (): Promise<number | undefined> => {
    const { body } = await clients.ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId }));
    return body?.networkInterfaceSets?.networkInterfaceSet?.length;
  };

  const secondaryEnis = (): number => simulator.cloud.enis().filter(({ type }) => type === 'Secondary').length;

  it('the answer is lost after the change: the same token finds the ENI, another token makes a second one', async () => {
    strike({ name: 'resetAfterCommit' }, { action: 'CreateNetworkInterface' });
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(secondaryEnis()).toBe(1);

    const found = await create();
    expect(simulator.cloud.enis().map(({ id }) => id)).toContain(found);
    expect(secondaryEnis()).toBe(1);

    expect(await create('token-2')).not.toBe(found);
    expect(secondaryEnis()).toBe(2);
  });

  it('the connection breaks before the change: nothing is there', async () => {
    strike({ name: 'resetBeforeCommit' });
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(secondaryEnis()).toBe(0);
  });

  it.each([
    ['hangBeforeCommit', 0],
    ['hangAfterCommit', 1],
  ])('%s: the caller gives up, and there are %s ENIs', async (name, enis) => {
    strike({ name });
    await expect(create()).rejects.toMatchObject({ name: 'RequestTimeoutError' });
    expect(secondaryEnis()).toBe(enis);
  });

  it('a call that hung is carried out after its caller has gone', async () => {
    strike({ name: 'hangBeforeCommit', ms: 5000 });
    await expect(create()).rejects.toMatchObject({ name: 'RequestTimeoutError' });
    expect(secondaryEnis()).toBe(0);
    simulator.cloud.clock.advance(5000);
    await setImmediate();
    expect(secondaryEnis()).toBe(1);
  });

  it('a call with the token of one that is not answered yet is refused', async () => {
    strike({ name: 'hangAfterCommit', ms: 200 });
    const first = create();
    while (secondaryEnis() === 0) await setImmediate();
    await expect(create()).rejects.toMatchObject({ code: 'IdempotentProcessing', statusCode: 403 });
    simulator.cloud.clock.advance(200);
    expect(await create()).toBe(await first);
    expect(secondaryEnis()).toBe(1);
  });

  it.each<[effect: object, error: object]>([
    [{ name: 'status', status: 502 }, { name: 'SyntaxError' }],
    [{ name: 'status', status: 503, body: 'empty' }, { name: 'SyntaxError' }],
    [{ name: 'okWithHtml' }, { name: 'SyntaxError' }],
    [{ name: 'truncate', bytes: 20 }, { code: 'ECONNRESET' }],
    [
      { name: 'serverError', code: 'ServiceUnavailable' },
      { name: 'ServerError', statusCode: 503 },
    ],
    [
      { name: 'serverError', code: 'InternalError', stage: 'afterCommit' },
      { name: 'ServerError', statusCode: 500 },
    ],
  ])('%j', async (effect, error) => {
    strike(effect, { action: 'DescribeNetworkInterfaces' });
    await expect(list()).rejects.toMatchObject(error);
    expect(await list()).toBe(1);
  });

  it.each<[effect: object, rows: number | undefined]>([
    [{ name: 'redirect302' }, undefined],
    [{ name: 'missingFromList', probability: 1 }, 0],
    [{ name: 'drip', bytesPerSecond: 100_000 }, 1],
    [{ name: 'connectionCloseHeader' }, 1],
  ])('%j: no error, %s rows', async (effect, rows) => {
    strike(effect);
    expect(await list()).toBe(rows);
  });

  it('leaves out the wrapper of an empty list', async () => {
    strike({ name: 'omitEmpty' });
    const request = new DescribeInstancesRequest({ regionId, instanceIds: '["i-none"]' });
    expect((await clients.ecs.describeInstances(request)).body?.instances).toBeUndefined();
  });

  it('answers a creation without the id', async () => {
    strike({ name: 'createdEmptyId' });
    expect(await create()).toBe('');
    expect(secondaryEnis()).toBe(1);
  });

  it.each(Object.entries(errorCatalogue))('the error %s', async (code, [statusCode, text]) => {
    strike({ name: 'error', code });
    const name = code.startsWith('Throttling') ? 'ThrottlingError' : statusCode < 500 ? 'ClientError' : 'ServerError';
    const requestId = expect.stringMatching(/^[0-9A-F-]{36}$/);
    await expect(list()).rejects.toMatchObject({
      name,
      code,
      statusCode,
      requestId,
      data: { Code: code, Message: text },
    });
  });

  it('throttles by the natural minute', async () => {
    doHarm(simulator.cloud, 'budget', { action: 'DescribeNetworkInterfaces', perMinute: 2 });
    await Promise.all([list(), list()]);
    await expect(list()).rejects.toMatchObject({ name: 'ThrottlingError', code: 'Throttling', statusCode: 400 });
    simulator.cloud.clock.advance(60_000);
    expect(await list()).toBe(1);
  });

  it('breaks new connections for a while', async () => {
    doHarm(simulator.cloud, 'refuseConnections', { ms: 1000 });
    await expect(list()).rejects.toMatchObject({ code: 'ECONNRESET' });
    simulator.cloud.clock.advance(1000);
    expect(await list()).toBe(1);
  });

  it('answers nothing but 599 once its own books do not add up', async () => {
    const [eni] = simulator.cloud.enis();
    simulator.cloud.change((world) => {
      world.touched.add(eni?.id ?? '');
      world.vSwitches.get('vsw-a')?.pool.holders.clear();
    });
    await expect(list()).rejects.toMatchObject({ statusCode: 599 });
    expect(simulator.cloud.violations()[0]).toContain('which its vSwitch does not hold for it');
  });
});
