import { findAction, type Simulator } from '@terway/cloud-simulator';
import { createIpRunner } from '@terway/datapath';
import { runCommand } from '../run/command.js';
import { netnsPath } from '../run/in-netns.js';
import { labNames } from '../run/names.js';
import { Teardown } from '../run/teardown.js';
import { linksOf, startCloud } from './start-cloud.js';
import { startVpc, type StartedVpc } from './start-vpc.js';
import { planTopology } from './topology.js';

const names = labNames(`c${process.pid.toString(36)}`);
const topology = planTopology({ nodes: 2, podsPerNode: 1 });
const anyPorts = { openApi: 0, metadata: 0, control: 0 };

let teardown: Teardown;
let simulator: Simulator;
let vpc: StartedVpc;
let errors: unknown[];

beforeEach(async () => {
  teardown = new Teardown();
  errors = [];
  simulator = await startCloud({ topology, preset: 'calm', ports: anyPorts, teardown });
  const followLinks = linksOf(simulator);
  vpc = await startVpc({
    names,
    topology,
    services: [],
    followLinks,
    report: (error) => errors.push(error),
    teardown,
    run: runCommand,
  });
});
afterEach(async () => {
  await teardown.run();
  expect(errors).toEqual([]);
});

function call(name: string, params: Readonly<Record<string, string>>) {
  const action = findAction(name, '2014-05-26');
  if (action === undefined) throw new Error(`the simulator has no ${name}`);
  return simulator.cloud.execute(action, new Map(Object.entries({ RegionId: topology.regionId, ...params })));
}

/** Creates an ENI for the second node, and waits until the cloud has attached it. */
async function attachEni(): Promise<string> {
  const vSwitchId = 'vsw-pods-j1';
  const created = call('CreateNetworkInterface', { VSwitchId: vSwitchId, SecurityGroupId: topology.securityGroupId });
  const eniId = String(created['NetworkInterfaceId']);
  const attached = nextLink('attached');
  call('AttachNetworkInterface', { NetworkInterfaceId: eniId, InstanceId: 'i-lab-n2' });
  await attached;
  return eniId;
}

function nextLink(kind: string): Promise<void> {
  return new Promise((resolve) => {
    const end = simulator.cloud.onLink((event) => {
      if (event.kind !== kind) return;
      end();
      resolve();
    });
  });
}

/** Names and MACs of the ENIs that a node's kernel shows. */
async function enisOfNode2(): Promise<readonly string[]> {
  const { host } = await createIpRunner({ hostNetns: netnsPath(names.node('n2')) }).observe(undefined);
  return host.links.filter(({ dev }) => dev !== 'lo').map(({ dev, mac }) => `${dev} ${mac}`);
}

it('boots the instances of the cloud', async () => {
  const [primary] = simulator.cloud.enis().filter(({ attachment }) => attachment?.instanceId === 'i-lab-n2');
  expect(vpc.nodes.map(({ name }) => name)).toEqual(['n1', 'n2']);
  expect(await enisOfNode2()).toEqual([`eth0 ${primary?.mac}`]);
});

it('plugs an ENI when the cloud has attached it, and unplugs it when the cloud has detached it', async () => {
  const eniId = await attachEni();
  await vpc.live.settle();
  const eni = simulator.cloud.enis().find(({ id }) => id === eniId);
  expect((await enisOfNode2())[1]).toBe(`eth1 ${eni?.mac}`);

  const detached = nextLink('detached');
  call('DetachNetworkInterface', { NetworkInterfaceId: eniId, InstanceId: 'i-lab-n2' });
  await detached;
  await vpc.live.settle();
  expect(await enisOfNode2()).toHaveLength(1);
});
