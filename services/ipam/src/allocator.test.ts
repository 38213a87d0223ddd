import { type CommandOf, defaultTimes, type NodeRecord, type Obstacle } from '@terway/ipam-core';
import { Allocator, type AllocateLimits } from './allocator.js';
import { TestNode } from './refill/test-node.js';
import type { NodeStore } from './store/node-store.js';

const never = new AbortController().signal;

type Wait = (waits: number) => void | Promise<void>;

/** An allocator over a node whose clock moves by what it waits; `onWait` is what happens meanwhile. */
async function onNode({ idle = 0, onWait = () => undefined }: { idle?: number; onWait?: Wait } = {}) {
  const node = new TestNode({ minIdle: idle });
  await node.open();
  await node.settle(node.replica());
  node.nowMs += defaultTimes.claimMs; // the claim of that replica is free again
  const calls: string[] = [];
  const woken: string[] = [];
  const waitsMs: number[] = [];
  const allocator = new Allocator({
    store: {
      apply: (nodeId, command, nowMs) => {
        calls.push(command.kind);
        return node.store.apply(nodeId, command, nowMs);
      },
    },
    changes: {
      wait: async (_, ms, signal) => {
        if (signal.aborted) return;
        waitsMs.push(ms);
        node.nowMs += ms;
        await onWait(waitsMs.length);
      },
    },
    wakeRefill: (nodeId) => woken.push(nodeId),
    nowMs: () => node.nowMs,
    random01: () => 0,
  });
  const allocate = (limits: Partial<AllocateLimits> = {}) =>
    allocator.allocate('i-1', askOf(node.known()), { deadlineMs: 20_000, signal: never, stopping: never, ...limits });
  return { node, calls, woken, waitsMs, allocate };
}

function askOf({ agent, generation }: NodeRecord): Omit<CommandOf<'allocate'>, 'kind' | 'untilMs'> {
  const { incarnation, session, seq } = agent;
  return {
    fence: { incarnation, session, generation, lastAgentSeq: seq },
    owner: { network: 'terway', sandboxId: 's-1', interfaceName: 'eth0' },
    allocationId: 'a-1',
    pod: { namespace: 'default', name: 'web-1', uid: 'u-1' },
  };
}

describe('an address that is idle', () => {
  it('costs one call to the store, and no wait', async () => {
    const { node, calls, woken, waitsMs, allocate } = await onNode({ idle: 2 });
    const { grant, agentSeq } = await allocate();
    expect(grant.address.state).toMatchObject({ kind: 'bound', holder: { allocationId: 'a-1' } });
    expect(agentSeq).toBe(node.known().agent.seq);
    expect({ calls, woken, waitsMs }).toEqual({ calls: ['allocate'], woken: ['i-1'], waitsMs: [] });
  });
});

describe('a pod for which nothing is idle', () => {
  it('wakes the refill, and gets what it brings', async () => {
    const { node, calls, woken, allocate } = await onNode({
      onWait: async () => {
        await node.settle(node.replica());
      },
    });
    const { grant } = await allocate();
    expect(node.known().addresses.get(grant.address.ip)?.state.kind).toBe('bound');
    expect(calls).toEqual(['allocate', 'allocate']);
    expect(woken[0]).toBe('i-1');
  });

  it('looks again after 50 ms, then less and less often, and every 500 ms at last', async () => {
    const { waitsMs, allocate } = await onNode();
    await allocate({ deadlineMs: 3_000 }).catch(() => undefined);
    expect(waitsMs.slice(0, 6)).toEqual([50, 100, 200, 400, 500, 500]);
  });

  it('asks the refill once, however often it looks: its demand is written down', async () => {
    const { woken, waitsMs, allocate } = await onNode();
    await allocate({ deadlineMs: 10_000 }).catch(() => undefined);
    expect(waitsMs.length).toBeGreaterThan(10);
    expect(woken).toEqual(['i-1']);
  });

  it('is refused before its caller gives up, with a time to come back', async () => {
    const { node, allocate } = await onNode();
    const beganAtMs = node.nowMs;
    await expect(allocate({ deadlineMs: 3_000 })).rejects.toMatchObject({
      ...{ name: 'IpamRefusal', reason: 'pool-exhausted', retryAfterMs: 1_000 },
    });
    expect(node.nowMs - beganAtMs).toBe(2_800);
  });

  it('is told what keeps the pool from growing, and when the refill tries again', async () => {
    const { node, allocate } = await onNode({ onWait: (waits) => noteObstacle(waits) });
    const details = { vswitch_id: 'vsw-1', request_id: 'R-1' };
    const noteObstacle = async (waits: number): Promise<void> => {
      if (waits > 1) return;
      const message = 'no vSwitch of zone zone-a has a free address';
      const times = { sinceMs: node.nowMs, retryAtMs: node.nowMs + 30_000 };
      await note(node, { reason: 'vswitch-exhausted', message, details, ...times });
    };
    const refusal: unknown = await allocate({ deadlineMs: 1_250 }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ reason: 'vswitch-exhausted', details, retryAfterMs: 29_000 });
  });

  it('does not wait when the refusal is not about addresses', async () => {
    const { calls, node, allocate } = await onNode();
    await node.open();
    await node.store.apply<'suspect'>('i-1', { kind: 'suspect' }, node.nowMs);
    await expect(allocate()).rejects.toMatchObject({ reason: 'sync-required' });
    expect(calls).toHaveLength(1);
  });
});

describe('a store that does not answer', () => {
  const obstacle = { reason: 'cloud-throttled', message: 'slow down', details: {}, sinceMs: 0, retryAtMs: 0 } as const;

  /** An allocator whose store answers the first `looks` calls with a wait, and no other. */
  function allocateFrom(looks: number): Promise<unknown> {
    let asked = 0;
    const answer = { ok: true, value: { kind: 'waiting', obstacle } };
    const apply = () => ((asked += 1) > looks ? new Promise(() => undefined) : Promise.resolve(answer));
    const allocator = new Allocator({
      ...{ store: { apply: apply as NodeStore['apply'] }, changes: { wait: async () => undefined } },
      ...{ wakeRefill: () => undefined, nowMs: () => 0, random01: () => 0 },
    });
    const fence = { incarnation: 'inc-1', session: 's', generation: 'g', lastAgentSeq: 0 };
    const owner = { network: 'terway', sandboxId: 's-1', interfaceName: 'eth0' };
    const ask = { fence, owner, allocationId: 'a-1', pod: { namespace: 'default', name: 'web-1', uid: 'u-1' } };
    return allocator.allocate('i-1', ask, { deadlineMs: 220, signal: never, stopping: never });
  }

  it.each([
    ['that the store is slow', 0, 'store-unavailable'],
    ['what it last said', 1, 'cloud-throttled'],
  ])('has its caller told in time %s', async (_, looks, reason) => {
    await expect(allocateFrom(looks)).rejects.toMatchObject({ name: 'IpamRefusal', reason });
  });
});

describe('a wait ends', () => {
  it('when the caller has gone, without another look: nobody would let the address go', async () => {
    const caller = new AbortController();
    const gone = new Error('the caller has gone');
    const { calls, allocate } = await onNode({ onWait: (waits) => (waits === 3 ? caller.abort(gone) : undefined) });
    await expect(allocate({ signal: caller.signal })).rejects.toBe(gone);
    expect(calls).toHaveLength(3);
  });

  it('when this replica stops: another one can answer', async () => {
    const stopping = new AbortController();
    const { allocate } = await onNode({ onWait: () => stopping.abort() });
    await expect(allocate({ stopping: stopping.signal })).rejects.toMatchObject({
      ...{ reason: 'shutting-down', retryAfterMs: 100 },
    });
  });

  it('with an address, if there is one, even while this replica stops', async () => {
    const { allocate } = await onNode({ idle: 2 });
    expect(await allocate({ stopping: AbortSignal.abort() })).toMatchObject({ grant: { address: {} } });
  });
});

async function note(node: TestNode, obstacle: Obstacle): Promise<void> {
  const { nowMs } = node;
  await node.store.apply<'claim'>('i-1', { kind: 'claim', token: 'r-9' }, nowMs);
  const guard = { token: 'r-9', generation: node.known().generation };
  await node.store.apply<'note-obstacle'>('i-1', { kind: 'note-obstacle', guard, obstacle }, nowMs);
}
