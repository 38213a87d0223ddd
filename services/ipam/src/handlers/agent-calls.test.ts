import type { CallContext, NodeFence, OpenRequest, SyncRequest } from '@terway/api';
import type { CloudApi } from '@terway/cloud';
import { InstanceLimits } from '../refill/instance-limits.js';
import { TestNode } from '../refill/test-node.js';
import { openHandler } from './open.js';
import { releaseHandler } from './release.js';
import { renewHandler } from './renew.js';
import { SyncAdmission } from '../sync-admission.js';
import { syncHandler } from './sync.js';

const never = new AbortController().signal;
const call = { signal: never, stopping: never } as CallContext;
const owner = { network: 'terway', sandboxId: 'a', interfaceName: 'eth0' };

function fenceOf(node: TestNode): NodeFence {
  const { agent, generation } = node.known();
  const { incarnation, session, seq: lastAgentSeq } = agent;
  return { instanceId: 'i-1', incarnation, session, generation, lastAgentSeq };
}

/** What the handlers share, over a node whose refill is only woken, never run. */
function partsOf(node: TestNode) {
  const woken: string[] = [];
  let made = 0;
  return {
    woken,
    syncs: new SyncAdmission(1),
    store: node.store,
    authenticate: (_: unknown, claimed: string) => claimed,
    nowMs: () => node.nowMs,
    newId: () => `new-${(made += 1)}`,
    wakeRefill: (nodeId: string) => void woken.push(nodeId),
  };
}

/** A cloud that answers no question about instances until its caller gives up. */
function silentCloud(cloud: CloudApi): CloudApi {
  const listInstances: CloudApi['listInstances'] = (_, signal) =>
    new Promise((resolve) => {
      const giveUp = (): void => resolve({ kind: 'unknown', cause: 'no answer' });
      if (signal.aborted) giveUp();
      else signal.addEventListener('abort', giveUp, { once: true });
    });
  return new Proxy(cloud, {
    get: (target, name) => (name === 'listInstances' ? listInstances : Reflect.get(target, name)),
  });
}

/** A node in service with one pod. */
async function withPod(): Promise<TestNode> {
  const node = new TestNode({ minIdle: 2 });
  await node.open();
  await node.settle(node.replica());
  await node.allocate('a');
  return node;
}

describe('Open', () => {
  const request: OpenRequest = {
    nodeName: 'n1',
    fence: { instanceId: 'i-9', incarnation: 'inc-9', session: '', generation: '', lastAgentSeq: 0 },
  };
  const settings = { cooldownMs: 60_000, extraRoutes: [], serviceCidrs: ['172.21.0.0/20'] };
  const openOn = (node: TestNode, cloud: CloudApi) =>
    openHandler({
      ...partsOf(node),
      instances: new InstanceLimits(cloud),
      agentSettings: () => settings,
      questionMs: 20,
    });

  it('makes no record for an instance that the cloud does not know', async () => {
    const node = new TestNode();
    await expect(openOn(node, node.cloud)(request, call)).rejects.toMatchObject({
      ...{ reason: 'node-unknown', details: { instance_id: 'i-9' }, retryAfterMs: 10_000 },
    });
    expect(await node.store.read('i-9')).toBeUndefined();
  });

  it('turns no node away because the cloud does not answer', async () => {
    const node = new TestNode();
    node.failNext('listInstances', { kind: 'lost-call' });
    expect(await openOn(node, node.cloud)(request, call)).toMatchObject({ agentSeq: 0, settings });
  });

  it('waits for a silent cloud no longer than the question may take', async () => {
    const node = new TestNode();
    expect(await openOn(node, silentCloud(node.cloud))(request, call)).toMatchObject({ agentSeq: 0, settings });
  });

  it('changes nothing once the caller has left', async () => {
    const node = new TestNode();
    const caller = new AbortController();
    const opening = openOn(node, silentCloud(node.cloud))(request, { ...call, signal: caller.signal });
    caller.abort(new Error('the caller has left'));
    await expect(opening).rejects.toThrow('the caller has left');
    expect(await node.store.read('i-9')).toBeUndefined();
  });
});

describe('Sync', () => {
  const statement: Omit<SyncRequest, 'fence'> = {
    ...{ wired: [], cooling: [], departed: [], seenMacs: [], journalIntact: true },
  };
  const wired = { ip: '10.0.0.5', owner, allocationId: 'a-1', pod: null, eniMac: '' };

  it.each<[string, Partial<SyncRequest>]>([
    ['wired.ip', { wired: [{ ...wired, ip: 'x' }] }],
    ['owner.network', { wired: [{ ...wired, owner: { ...owner, network: '' } }] }],
    ['cooling.ip', { cooling: [{ ip: '', remainingMs: 1 }] }],
    ['departed.ip', { departed: [{ ip: '10.0.0.256', term: 't' }] }],
  ])('with a bad %s is refused, and changes nothing', async (field, mistake) => {
    const node = await withPod();
    const before = node.known();
    const refusal = syncHandler(partsOf(node))({ fence: fenceOf(node), ...statement, ...mistake }, call);
    await expect(refusal).rejects.toMatchObject({ reason: 'invalid-request', details: { field } });
    expect(node.known()).toBe(before);
  });

  it('takes an address that the kernel shows and nobody owns', async () => {
    const node = await withPod();
    const parts = partsOf(node);
    const [ip = ''] = [...node.known().addresses.values()]
      .filter(({ state }) => state.kind === 'idle')
      .map((a) => a.ip);
    const request = { fence: fenceOf(node), ...statement, wired: [{ ...wired, ip, owner: null }] };
    await syncHandler(parts)(request, call);
    expect(node.known().addresses.get(ip)?.state).toMatchObject({ kind: 'quarantined', cause: 'unknown-owner' });
    expect(parts.woken).toEqual(['i-1']);
  });
});

describe('Release', () => {
  it.each([
    ['RELEASE_CAUSE_NORMAL', 'cooling'],
    ['RELEASE_CAUSE_UNSPECIFIED', 'cooling'],
    ['RELEASE_CAUSE_ADDRESS_IN_USE', 'quarantined'],
  ] as const)('for %s leaves the address %s', async (cause, kind) => {
    const node = await withPod();
    const parts = partsOf(node);
    const { agentSeq } = await releaseHandler(parts)({ fence: fenceOf(node), owner, allocationId: 'a-1', cause }, call);
    expect(node.count('bound')).toBe(0);
    expect(node.count(kind)).toBe(1);
    expect({ agentSeq, woken: parts.woken }).toEqual({ agentSeq: node.known().agent.seq, woken: ['i-1'] });
  });

  it('needs an allocation id', async () => {
    const node = await withPod();
    const request = { fence: fenceOf(node), owner, allocationId: '', cause: 'RELEASE_CAUSE_NORMAL' } as const;
    await expect(releaseHandler(partsOf(node))(request, call)).rejects.toMatchObject({
      details: { field: 'allocation_id' },
    });
  });
});

describe('Renew', () => {
  const nothing = { journalDigest: '', departed: [], seenMacs: [] };

  it('brings the idle addresses of the node, and wakes nobody where nothing has changed', async () => {
    const node = await withPod();
    const parts = partsOf(node);
    const seenMacs = [...node.known().enis.values()].map(({ mac }) => mac);
    const { view } = await renewHandler(parts)({ fence: fenceOf(node), ...nothing, seenMacs }, call);
    expect(view?.idle).toHaveLength(1);
    expect(parts.woken).toEqual([]);
  });

  it('says that the session must sync anew where the store has lost its tail', async () => {
    const node = await withPod();
    const fence = { ...fenceOf(node), lastAgentSeq: node.known().agent.seq + 1 };
    await expect(renewHandler(partsOf(node))({ fence, ...nothing }, call)).rejects.toMatchObject({
      reason: 'store-went-back',
    });
    expect(node.known().recovery).toMatchObject({ cause: 'seq-went-back', needsListing: true });
  });
});

it('takes the node from the identity of the call, and asks nothing of the store without one', async () => {
  const node = await withPod();
  const before = node.known();
  const stranger = new Error('who are you?');
  const authenticate = (): string => {
    throw stranger;
  };
  const parts = { ...partsOf(node), authenticate };
  const request = { fence: fenceOf(node), journalDigest: '', departed: [], seenMacs: [] };
  await expect(renewHandler(parts)(request, call)).rejects.toBe(stranger);
  expect(node.known()).toBe(before);
});
