import { planPings, type PingSource } from './plan-pings.js';

const pod = (number: number, node = 'n1'): PingSource => ({
  label: `${node}-${number}`,
  ip: `10.0.${number >> 8}.${number & 255}`,
  node,
  netns: `tw-x-p-${node}-${number}`,
  gateway: '10.0.0.253',
});
const nodes = [{ label: 'n1', ip: '10.1.0.1', node: 'n1' }];

it('asks from every pod for the other pods, the nodes and the gateway', () => {
  const plans = planPings([pod(1), pod(2), pod(3, 'n2')], nodes);
  expect(plans.map(({ from, targets }) => [from.label, targets.map(({ label }) => label)])).toEqual([
    ['n1-1', ['n1-2', 'n2-3', 'n1', 'gateway']],
    ['n1-2', ['n1-1', 'n2-3', 'n1', 'gateway']],
    ['n2-3', ['n1-1', 'n1-2', 'n1', 'gateway']],
  ]);
});

it('bounds the questions of many pods, asks every pod, and none for itself', () => {
  const pods = Array.from({ length: 500 }, (_, number) => pod(number));
  const plans = planPings(pods, nodes);
  const asked = new Set(plans.flatMap(({ targets }) => targets.map(({ label }) => label)));
  expect(Math.max(...plans.map(({ targets }) => targets.length))).toBe(50);
  expect(pods.every(({ label }) => asked.has(label))).toBe(true);
  expect(plans.some(({ from, targets }) => targets.some(({ label }) => label === from.label))).toBe(false);
});
