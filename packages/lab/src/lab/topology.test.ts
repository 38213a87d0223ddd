import { gatewayOf } from '../fabric/vpc.js';
import { planTopology } from './topology.js';

it('puts nodes into the zones in turn', () => {
  const { nodes } = planTopology({ nodes: 3, podsPerNode: 4 });
  expect(nodes.map(({ name, vSwitchId }) => [name, vSwitchId])).toEqual([
    ['n1', 'vsw-nodes-i'],
    ['n2', 'vsw-nodes-j'],
    ['n3', 'vsw-nodes-i'],
  ]);
});

it('keeps vSwitches apart from each other', () => {
  const { vSwitches } = planTopology({ nodes: 1, podsPerNode: 1 });
  expect(vSwitches.map(({ id, cidr }) => [id, cidr, gatewayOf(cidr)])).toEqual([
    ['vsw-nodes-i', '10.0.0.0/24', '10.0.0.253'],
    ['vsw-pods-i1', '10.0.16.0/20', '10.0.31.253'],
    ['vsw-pods-i2', '10.0.32.0/20', '10.0.47.253'],
    ['vsw-nodes-j', '10.0.1.0/24', '10.0.1.253'],
    ['vsw-pods-j1', '10.0.48.0/20', '10.0.63.253'],
    ['vsw-pods-j2', '10.0.64.0/20', '10.0.79.253'],
  ]);
});

it.each([
  [0, 'ecs.g7.large'],
  [12, 'ecs.g7.large'],
  [13, 'ecs.g7.xlarge'],
  [210, 'ecs.g7.4xlarge'],
])('takes the smallest instance that can address %d pods', (podsPerNode, type) => {
  expect(planTopology({ nodes: 1, podsPerNode }).instanceType).toBe(type);
});

it.each([
  [{ nodes: 0, podsPerNode: 1 }, 'nodes: expected 1 to 504, got 0'],
  [{ nodes: 505, podsPerNode: 1 }, 'nodes: expected 1 to 504, got 505'],
  [{ nodes: 1, podsPerNode: 211 }, 'pods: expected 0 to 210 per node, got 211'],
])('refuses %j', (size, message) => {
  expect(() => planTopology(size)).toThrow(message);
});
