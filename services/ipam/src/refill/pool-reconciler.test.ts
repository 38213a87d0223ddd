import { setTimeout as sleep } from 'node:timers/promises';
import { PoolReconciler, type PoolReconcilerParts } from './pool-reconciler.js';
import { TestNode } from './test-node.js';
import { calling, recording } from './test-ports.js';

const nodeId = 'i-1';
const running: PoolReconciler[] = [];
afterEach(() => Promise.all(running.splice(0).map((reconciler) => reconciler.stop())));

async function inService(): Promise<TestNode> {
  const node = new TestNode();
  await node.open();
  return node;
}

function reconcilerOf(node: TestNode, over: Partial<PoolReconcilerParts> = {}): PoolReconciler {
  const reconciler = new PoolReconciler({ ...node.replica(), onChange: () => undefined, ...over });
  running.push(reconciler);
  return reconciler;
}

async function until(holds: () => boolean): Promise<void> {
  const patience = performance.now() + 5_000;
  while (!holds()) {
    if (performance.now() > patience) throw new Error('it does not come to pass');
    await sleep(2);
  }
}

it('fills the nodes that the store knows, and tells who waits', async () => {
  const node = await inService();
  const told: string[] = [];
  const reconciler = reconcilerOf(node, { onChange: (id) => told.push(id) });
  await reconciler.start();
  await until(() => node.known().enis.size === 1);
  await until(() => told.length > 0);
  expect(new Set(told)).toEqual(new Set([nodeId]));
});

it('begins with a node that is woken though no look at the store has shown it', async () => {
  const node = await inService();
  reconcilerOf(node).wake(nodeId);
  await until(() => node.known().enis.size === 1);
});

it('makes no two passes of a node at once, and one more after a wake during a pass', async () => {
  const node = await inService();
  await node.settle(node.replica());
  node.nowMs += 60_000; // a node with nothing to do is listed again
  await node.renew();
  let [underWay, most, listings] = [0, 0, 0];
  const { cloud } = node.replica(
    calling(async ({ method, through }) => {
      if (method !== 'listEnis') return through();
      underWay += 1;
      listings += 1;
      most = Math.max(most, underWay);
      await sleep(20);
      underWay -= 1;
      node.nowMs += 60_000;
      return through();
    }),
  );
  const reconciler = reconcilerOf(node, { cloud });
  for (let i = 0; i < 10; i++) reconciler.wake(nodeId);
  await until(() => underWay === 1);
  for (let i = 0; i < 10; i++) reconciler.wake(nodeId);
  await until(() => listings > 1 && underWay === 0); // by itself the node would rest for 8 s
  expect(most).toBe(1);
});

it('lets nodes that are found together begin one after the other, unless they are woken', async () => {
  const node = await inService();
  const { around, calls } = recording();
  const { store } = node.replica(around);
  const many = Array.from({ length: 400 }, (_, i) => (i === 0 ? nodeId : `i-gone-${i}`));
  const reconciler = reconcilerOf(node, {
    store: { ...store, apply: store.apply, nodeIds: async () => many },
    random01: () => 0.99,
  });
  await reconciler.start();
  await sleep(50);
  expect(calls).toEqual([]);
  reconciler.wake(nodeId);
  await until(() => calls.length > 0);
});

it('calls nobody any more once it has stopped', async () => {
  const node = await inService();
  const { around, calls } = recording();
  const { cloud, store } = node.replica(around);
  const reconciler = reconcilerOf(node, { cloud, store });
  await reconciler.start();
  await until(() => calls.length > 3);
  await reconciler.stop();
  const before = calls.length;
  reconciler.wake(nodeId);
  await sleep(150);
  expect(calls).toHaveLength(before);
});

it('goes on after a pass that failed', async () => {
  const node = await inService();
  let failures = 0;
  const { store } = node.replica(
    calling(({ method, through }) => {
      if (method !== 'read' || failures > 0) return through();
      failures += 1;
      return Promise.reject(new Error('the store is away'));
    }),
  );
  const reconciler = reconcilerOf(node, { store });
  reconciler.wake(nodeId);
  await until(() => failures === 1);
  reconciler.wake(nodeId);
  await until(() => node.known().enis.size === 1);
});
