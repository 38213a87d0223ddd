import { type Intent, type IntentResult, IpamRefusal } from '@terway/ipam-core';
import { createMetrics, type Metrics } from '@terway/telemetry';
import type { Granted } from './allocator.js';
import { Census } from './census.js';
import { cloudMetrics, countedAllocator, refillMetrics, stateMetrics, storeMetrics } from './metrics.js';
import { TestNode } from './refill/test-node.js';

let metrics: Metrics;
beforeEach(() => {
  metrics = createMetrics({ processMetrics: false });
});

/** The samples that a scrape gets: those of a histogram as far as they count. */
async function scraped(): Promise<readonly string[]> {
  const { body } = await metrics.expose();
  return body
    .split('\n')
    .filter((line) => line.startsWith('terway') && !/_(bucket|sum)\{/.test(line) && !line.endsWith(' 0'));
}

it('counts addresses asked for by what became of them', async () => {
  const outcomes: (boolean | Error)[] = [
    false,
    true,
    new IpamRefusal('vswitch-exhausted', 'full'),
    new Error('the caller has gone'),
  ];
  const allocator = countedAllocator(
    {
      allocate: async () => {
        const outcome = outcomes.shift();
        if (outcome instanceof Error) throw outcome;
        return { waited: outcome } as Granted;
      },
    },
    metrics,
  );
  const { signal } = new AbortController();
  const fence = { incarnation: '', session: '', generation: '', lastAgentSeq: 0 };
  const owner = { network: 'n', sandboxId: 's', interfaceName: 'eth0' };
  const asked = { fence, owner, allocationId: 'a', pod: { namespace: '', name: '', uid: '' } };
  while (outcomes.length > 0) {
    await allocator.allocate('i-1', asked, { deadlineMs: 1, signal, stopping: signal }).catch(() => undefined);
  }
  expect(await scraped()).toEqual([
    'terway_ipam_allocations_total{outcome="at-once"} 1',
    'terway_ipam_allocations_total{outcome="waited"} 1',
    'terway_ipam_allocations_total{outcome="vswitch-exhausted"} 1',
    'terway_ipam_allocations_total{outcome="failed"} 1',
  ]);
});

it('counts the steps of the refill and the addresses that they move', async () => {
  const settled = refillMetrics(metrics);
  const base = {
    id: 'x',
    createdAtMs: 0,
    attempt: 1,
    paramsHash: '',
    sends: 1,
    attemptSentAtMs: 0,
    lastSentAtMs: 0,
    notBeforeMs: 0,
  };
  const assign: Intent = { ...base, kind: 'assign', eniId: 'eni-1', count: 2, before: [] };
  const unassign: Intent = { ...base, kind: 'unassign', eniId: 'eni-1', ips: ['10.0.0.7', '10.0.0.8', '10.0.0.9'] };
  const retry: IntentResult = { kind: 'retry', notBeforeMs: 1, newAttempt: false };
  settled(assign, retry);
  settled(assign, { kind: 'assigned', ips: ['10.0.0.1', '10.0.0.2'] });
  settled(unassign, retry);
  settled(unassign, { kind: 'unassigned' });
  expect(await scraped()).toEqual([
    'terway_ipam_refill_steps_total{action="assign",result="retry"} 1',
    'terway_ipam_refill_steps_total{action="assign",result="assigned"} 1',
    'terway_ipam_refill_steps_total{action="unassign",result="retry"} 1',
    'terway_ipam_refill_steps_total{action="unassign",result="unassigned"} 1',
    'terway_ipam_refill_addresses_total{change="gained"} 2',
    'terway_ipam_refill_addresses_total{change="lost"} 3',
  ]);
});

it('measures calls to the cloud and to the store', async () => {
  cloudMetrics(metrics).called({ action: 'createEni', outcome: 'throttled', reason: '', durationMs: 20 });
  storeMetrics(metrics)({ command: 'allocate', outcome: 'done', durationMs: 1 });
  expect(await scraped()).toEqual([
    'terway_ipam_cloud_call_duration_seconds_count{action="createEni",outcome="throttled"} 1',
    'terway_ipam_store_call_duration_seconds_count{command="allocate",outcome="done"} 1',
  ]);
});

it('adds up the addresses of all nodes, and names no node', async () => {
  const node = new TestNode();
  await node.open();
  const replica = node.replica();
  await node.settle(replica);
  await node.allocate('a');
  const census = new Census();
  census.note(node.known());
  stateMetrics(metrics, census, replica.book);
  expect(await scraped()).toEqual([
    'terway_ipam_addresses{state="idle"} 1',
    'terway_ipam_addresses{state="bound"} 1',
    'terway_ipam_vswitch_free_addresses{vswitch="vsw-1",zone="zone-a"} 251',
  ]);
});
