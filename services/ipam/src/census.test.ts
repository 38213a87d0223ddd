import { Census } from './census.js';
import { TestNode } from './refill/test-node.js';

it('adds up what was last seen of every node', async () => {
  const node = new TestNode({ minIdle: 2 });
  await node.open();
  const census = new Census();
  census.note(node.known());
  expect(census.totals()).toMatchObject({ nodes: 1, recovering: 1, waiting: 0 });

  await node.settle(node.replica());
  await node.allocate('a');
  census.note(node.known());
  census.note({ ...node.known(), nodeId: 'i-2' });
  const { addresses, ...rest } = census.totals();
  expect(rest).toEqual({ nodes: 2, recovering: 0, waiting: 0 });
  expect(addresses).toMatchObject({ bound: 2, idle: 2, cooling: 0, held: 0 });
});

it('counts who waits', async () => {
  const node = new TestNode({ minIdle: 0 });
  await node.open();
  await node.settle(node.replica());
  await node.allocate('a');
  const census = new Census();
  census.note(node.known());
  expect(census.totals().waiting).toBe(1);
});

it('shows every state from the start, so that a graph has no holes', () => {
  expect(new Census().totals().addresses).toEqual({
    ...{ assigning: 0, idle: 0, bound: 0, cooling: 0, quarantined: 0, departing: 0, unassigning: 0, held: 0 },
  });
});
