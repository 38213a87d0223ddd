import { once } from 'node:events';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { type Simulator, startSimulator } from './simulator.js';
import { testWorld } from './test-cloud.js';

describe('the control API', () => {
  let simulator: Simulator;
  let base: string;

  beforeEach(async () => {
    simulator = await startSimulator({ clock: { speed: 0, startMs: 1000 } });
    base = `http://127.0.0.1:${simulator.controlPort}`;
  });

  afterEach(() => simulator.stop());

  const ask = async (method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> => {
    const response = await fetch(`${base}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json() };
  };

  it('seeds, shows the true state, and resets', async () => {
    expect((await ask('POST', '/seed', testWorld)).json).toMatchObject({ instances: ['i-1', 'i-small', 'i-32'] });
    const { json } = await ask('GET', '/state/vswitches');
    expect(json).toMatchObject([{ id: 'vsw-a', free: 249 }, { id: 'vsw-small' }, {}, {}]);
    await ask('POST', '/reset', { seed: 3, preset: 'typical' });
    expect((await ask('GET', '/state')).json).toMatchObject({ vpcs: [], enis: [] });
    expect(simulator.cloud.world.knobs.throttle.mode).toBe('fixed-minute');
  });

  it.each<[method: string, path: string, body: unknown, error: string]>([
    ['POST', '/seed', { vpcs: [{ cdir: '10.0.0.0/8' }] }, 'vpcs[0].cdir: expected one of id, cidr, got "cdir"'],
    [
      'POST',
      '/seed',
      { vpcs: [{ cidr: '10.0.0.1/8' }] },
      'vpcs.cidr: expected a CIDR block of 8 to 16777216 addresses, got "10.0.0.1/8"',
    ],
    ['POST', '/reset', { preset: 'wild' }, 'preset: expected one of calm, typical, got "wild"'],
    ['POST', '/clock', { advanceMs: -1 }, 'advanceMs: expected a number from 0, got -1'],
    ['POST', '/faults', { effect: { name: 'truncate' } }, 'effect.bytes: expected a number from 0, got none'],
    ['POST', '/events/exhaust', { vSwitchId: 'x' }, 'vSwitchId: expected a vSwitch that exists, got "x"'],
  ])('%s %s %j is told what is wrong', async (method, path, body, error) => {
    expect(await ask(method, path, body)).toMatchObject({ status: 400, json: { error } });
  });

  it('lets time pass', async () => {
    expect((await ask('POST', '/clock', { advanceMs: 500 })).json).toEqual({ nowMs: 1500, speed: 0 });
    expect((await ask('POST', '/clock', { setMs: 9000 })).json).toEqual({ nowMs: 9000, speed: 0 });
  });

  it('adds, shows and removes fault rules', async () => {
    const rule = { match: { action: 'DescribeVSwitches', nth: 2 }, effect: { name: 'error', code: 'InternalError' } };
    expect((await ask('POST', '/faults', rule)).json).toEqual({ id: 'rule-1' });
    expect((await ask('GET', '/faults')).json).toMatchObject([{ id: 'rule-1', effect: 'error', struck: 0 }]);
    expect((await ask('DELETE', '/faults/rule-1')).json).toEqual({ removed: true });
    expect((await ask('GET', '/faults')).json).toEqual([]);
  });

  it('keeps a log and counts by action', async () => {
    const call = `http://127.0.0.1:${simulator.openApiPort}/?Action=DescribeInstances&Version=2014-05-26`;
    await (await fetch(call, { method: 'POST' })).text();
    expect((await ask('GET', '/log?since=0&action=DescribeInstances')).json).toMatchObject([
      { seq: 1, action: 'DescribeInstances', code: 'IncompleteSignature', status: 400, ending: 'reply' },
    ]);
    expect((await ask('GET', '/stats')).json).toMatchObject({
      DescribeInstances: { calls: 1, carriedOut: 0, errors: { IncompleteSignature: 1 } },
    });
    expect((await ask('GET', '/invariants')).json).toEqual({ violations: [] });
  });

  it('streams link events, first those that are plugged', async () => {
    await ask('POST', '/seed', testWorld);
    const stream = get(`${base}/events/stream`);
    const [response] = await once(stream, 'response');
    const lines: AsyncIterator<string> = createInterface({ input: response })[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
    const first = [await next(), await next(), await next(), await next()];
    const attached = { kind: 'attached', deviceIndex: 0 };
    expect(first).toMatchObject([attached, attached, attached, { kind: 'live', seq: 3 }]);
    await ask('POST', '/events/releaseInstance', { instanceId: 'i-small' });
    expect(await next()).toMatchObject({ kind: 'detached', instanceId: 'i-small', seq: 4 });
    stream.destroy();
  });
});
