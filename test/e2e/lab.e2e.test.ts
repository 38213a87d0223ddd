import { readdir } from 'node:fs/promises';
import {
  checkLab,
  createPods,
  defaultStateDir,
  type LabPod,
  labNames,
  processesWith,
  runCommand,
  runVariable,
  unreached,
} from '@terway/lab';
import { boundPods, leasesIn, namespaces, startTestLab, type TestLab, wiredPods } from '../support/lab.js';

jest.setTimeout(60_000);

const size = { nodes: 3, podsPerNode: 4 };
let lab: TestLab;
let pods: readonly LabPod[];

beforeAll(async () => {
  lab = await startTestLab(size);
  pods = await createPods(lab, size.podsPerNode, lab.parts);
});
afterAll(() => (lab as TestLab | undefined)?.remove());

it('answers every ping from every pod to every pod, node and gateway', async () => {
  const { reached } = await checkLab(lab, pods, runCommand);
  const targetsOfEach = pods.length - 1 + size.nodes + 1;
  expect(unreached(reached)).toEqual([]);
  expect(reached).toHaveLength(pods.length * targetsOfEach);
});

it('holds one lease for each pod, of the address that the pod has', async () => {
  expect(new Set(pods.map(({ ip }) => ip)).size).toBe(12);
  expect(await boundPods(lab)).toEqual(wiredPods(pods));
});

it('binds addresses only that the cloud has assigned to an ENI of the node, in the zone of the node', async () => {
  const enis = lab.simulator.cloud.enis();
  const inTheCloud = (await leasesIn(lab, 'bound')).map(({ ip, podName }) => {
    const eni = enis.find(({ ips }) => ips.includes(ip));
    return [podName, eni?.id, eni?.attachment?.instanceId, eni?.zoneId, eni?.vSwitchId];
  });
  const inTheRecord = (await leasesIn(lab, 'bound')).map((lease) => {
    const node = pods.find(({ ip }) => ip === lease.ip)?.node;
    return [lease.podName, lease.eniId, node?.instanceId, node?.zoneId, lease.vswitchId];
  });
  expect(inTheCloud).toEqual(inTheRecord);
});

it('leaves no namespace, no process and no file of the run', async () => {
  const { prefix } = labNames(lab.run);
  const left = async () => ({
    namespaces: (await namespaces()).filter((name) => name.startsWith(prefix)).length,
    processes: (await processesWith(runVariable, lab.run)).length,
    files: (await readdir(defaultStateDir)).filter((name) => name.startsWith(lab.run)).length,
  });
  const whileItRuns = await left();
  expect(whileItRuns).toMatchObject({ namespaces: 16, files: 2 });
  expect(whileItRuns.processes).toBeGreaterThanOrEqual(5);
  await lab.remove();
  expect(await left()).toEqual({ namespaces: 0, processes: 0, files: 0 });
});
