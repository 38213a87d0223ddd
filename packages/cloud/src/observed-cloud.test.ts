import { MemoryCloud } from './memory-cloud.js';
import { type CloudCall, observedCloud } from './observed-cloud.js';

const signal = new AbortController().signal;

function observedFixture() {
  const calls: CloudCall[] = [];
  const memory = new MemoryCloud({
    nowMs: () => 0,
    vSwitches: [],
    securityGroupIds: [],
    instances: [],
    instanceTypes: [],
  });
  let monotonicMs = 0;
  const cloud = observedCloud(memory, { called: (call) => calls.push(call) }, () => (monotonicMs += 5));
  return { cloud, calls, memory };
}

describe('observedCloud', () => {
  it('reports every call with its action, outcome and duration, and passes the outcome on', async () => {
    const { cloud, calls, memory } = observedFixture();
    memory.failNext('listVSwitches', { kind: 'lost-call' });
    memory.failNext('attachEni', {
      kind: 'answer',
      outcome: { kind: 'throttled', code: 'Throttling', requestId: 'R' },
    });
    const onInstance = { eniId: 'eni-1', instanceId: 'i-1' };

    expect(await cloud.listEnis({}, signal)).toMatchObject({ kind: 'done', value: [] });
    expect(await cloud.deleteEni({ eniId: 'eni-1' }, signal)).toMatchObject({ kind: 'refused' });
    expect(await cloud.attachEni(onInstance, signal)).toMatchObject({ kind: 'throttled' });
    expect(await cloud.listVSwitches('vpc-1', signal)).toMatchObject({ kind: 'unknown' });
    expect(calls).toEqual([
      { action: 'listEnis', outcome: 'done', reason: '', durationMs: 5 },
      { action: 'deleteEni', outcome: 'refused', reason: 'not-found', durationMs: 5 },
      { action: 'attachEni', outcome: 'throttled', reason: '', durationMs: 5 },
      { action: 'listVSwitches', outcome: 'unknown', reason: '', durationMs: 5 },
    ]);
  });

  it('names each method as it is', async () => {
    const { cloud, calls } = observedFixture();
    const actions = Object.keys(cloud) as (keyof typeof cloud)[];
    expect(actions).toHaveLength(10);
    for (const action of actions) {
      const call = cloud[action] as (what: unknown, signal: AbortSignal) => Promise<unknown>;
      await call(action.startsWith('list') ? [] : { eniId: '', securityGroupIds: [] }, signal);
    }
    expect(calls.map((call) => call.action)).toEqual(actions);
  });
});
