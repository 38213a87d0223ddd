import type { CloudObserver } from '@terway/cloud';
import { type AddressKind, type Intent, type IntentResult, IpamRefusal } from '@terway/ipam-core';
import type { Metrics } from '@terway/telemetry';
import type { Allocator } from './allocator.js';
import type { Census } from './census.js';
import type { StoreCall } from './observed-store.js';
import type { VSwitchBook } from './refill/vswitch-book.js';

/** What Prometheus sees of addresses, nodes and vSwitches; a scrape asks neither store nor cloud. */
export function stateMetrics(metrics: Metrics, census: Census, book: Pick<VSwitchBook, 'counted'>): void {
  metrics.gauge({
    name: 'terway_ipam_addresses',
    help: 'Addresses of the nodes that this replica refills, by state.',
    labels: ['state'],
    collect: (gauge) => {
      const { addresses } = census.totals();
      for (const state of Object.keys(addresses) as AddressKind[]) gauge.set({ state }, addresses[state]);
    },
  });
  metrics.gauge({
    name: 'terway_ipam_waiting_pods',
    help: 'Pods that wait for an address.',
    collect: (gauge) => gauge.set(census.totals().waiting),
  });
  metrics.gauge({
    name: 'terway_ipam_recovering_nodes',
    help: 'Nodes whose record must be confirmed before anything is granted.',
    collect: (gauge) => gauge.set(census.totals().recovering),
  });
  metrics.gauge({
    name: 'terway_ipam_vswitch_free_addresses',
    help: 'Free addresses of a vSwitch as the cloud last counted.',
    labels: ['vswitch', 'zone'],
    collect: (gauge) => {
      for (const { vSwitchId, zoneId, freeAddresses } of book.counted())
        gauge.set({ vswitch: vSwitchId, zone: zoneId }, freeAddresses);
    },
  });
}

/** What Prometheus sees of the calls to the cloud. */
export function cloudMetrics(metrics: Metrics): CloudObserver {
  const calls = metrics.histogram({
    name: 'terway_ipam_cloud_call_duration_seconds',
    help: 'Calls to the cloud by action and outcome.',
    labels: ['action', 'outcome'],
  });
  return { called: ({ action, outcome, durationMs }) => calls.observe({ action, outcome }, durationMs / 1_000) };
}

/** What Prometheus sees of the lease store. */
export function storeMetrics(metrics: Metrics): (call: StoreCall) => void {
  const calls = metrics.histogram({
    name: 'terway_ipam_store_call_duration_seconds',
    help: 'Calls to the lease store by command and outcome (done, refused by the rules, failed).',
    labels: ['command', 'outcome'],
  });
  return ({ command, outcome, durationMs }) => calls.observe({ command, outcome }, durationMs / 1_000);
}

/** What Prometheus sees of the refill. */
export function refillMetrics(metrics: Metrics): (intent: Intent, result: IntentResult) => void {
  const actions = metrics.counter({
    name: 'terway_ipam_refill_steps_total',
    help: 'Steps of the refill by what was under way (create-eni, assign, unassign, remove-eni) and what became of it.',
    labels: ['action', 'result'],
  });
  const addresses = metrics.counter({
    name: 'terway_ipam_refill_addresses_total',
    help: 'Addresses that the cloud gave to nodes (gained), and took back one by one (lost).',
    labels: ['change'],
  });
  return (intent, result) => {
    actions.inc({ action: intent.kind, result: result.kind });
    if ('ips' in result) addresses.inc({ change: 'gained' }, result.ips.length);
    else if (intent.kind === 'unassign' && result.kind === 'unassigned') {
      addresses.inc({ change: 'lost' }, intent.ips.length);
    }
  };
}

/** The same allocator, with what Prometheus sees of it. */
export function countedAllocator(
  allocator: Pick<Allocator, 'allocate'>,
  metrics: Metrics,
): Pick<Allocator, 'allocate'> {
  const allocations = metrics.counter({
    name: 'terway_ipam_allocations_total',
    help: 'Addresses asked for, by outcome: at-once, waited, the reason of the refusal, or failed.',
    labels: ['outcome'],
  });
  return {
    async allocate(...asked) {
      try {
        const granted = await allocator.allocate(...asked);
        allocations.inc({ outcome: granted.waited ? 'waited' : 'at-once' });
        return granted;
      } catch (error) {
        allocations.inc({ outcome: error instanceof IpamRefusal ? error.reason : 'failed' });
        throw error;
      }
    },
  };
}
