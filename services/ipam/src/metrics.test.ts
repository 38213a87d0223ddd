import { MemoryCloud } from '@terway/cloud/memory-cloud';
import { IpamRefusal } from '@terway/ipam-core';
import { createMetrics } from '@terway/telemetry';
import { Census } from './census.js';
import { stateMetrics } from './metrics.js';
import { TestNode } from './refill/test-node.js';
import { VSwitchBook } from './refill/vswitch-book.js';
import { MemoryVSwitchLedger } from './store/memory-vswitch-ledger.js';

const never = new AbortController().signal;
const nowMs = (): number => 1_000_000;

/** What a scrape shows of one vSwitch and of the given nodes, after the store has gone away. */
async function scrape(census = new Census()): Promise<readonly string[]> {
  const ledger = new MemoryVSwitchLedger();
  const cloud = new MemoryCloud({
    nowMs,
    vSwitches: [{ vSwitchId: 'vsw-1', cidr: '10.0.0.0/24', vpcId: 'vpc-1', zoneId: 'zone-a' }],
    ...{ securityGroupIds: [], instances: [], instanceTypes: [] },
  });
  const book = new VSwitchBook(cloud, ledger, { nowMs, random01: () => 0 });
  await book.supply('vpc-1', [], never);
  const away = async (): Promise<never> => {
    throw new IpamRefusal('store-unavailable', 'the store does not answer');
  };
  Object.assign(ledger, { reserved: away });
  const metrics = createMetrics({ processMetrics: false });
  stateMetrics(metrics, census, book);
  return (await metrics.expose()).body.split('\n');
}

it('shows the free addresses of vSwitches while the store is away: a scrape asks nobody', async () => {
  const lines = await scrape();
  expect(lines).toContain('terway_ipam_vswitch_free_addresses{vswitch="vsw-1",zone="zone-a"} 252');
});

it('shows addresses by state, who waits and which nodes recover', async () => {
  const node = new TestNode({ minIdle: 2 });
  const census = new Census();
  await node.open();
  census.note({ ...node.known(), nodeId: 'i-2' });
  await node.settle(node.replica());
  await node.allocate('a');
  census.note(node.known());
  expect(await scrape(census)).toEqual(
    expect.arrayContaining([
      'terway_ipam_addresses{state="bound"} 1',
      'terway_ipam_addresses{state="cooling"} 0',
      'terway_ipam_waiting_pods 0',
      'terway_ipam_recovering_nodes 1',
    ]),
  );
});
