import { type Child, cniAdd, cniDel, createPods, type LabPod, ping, podIp, removePod, runCommand } from '@terway/lab';
import {
  addPod,
  boundPods,
  eventually,
  first,
  leasesIn,
  startTestLab,
  type TestLab,
  wiredPods,
} from '../support/lab.js';

jest.setTimeout(60_000);

let lab: TestLab;
let ipam: Child;
/** Those that live now, in the order of their creation. */
let pods: readonly LabPod[];

beforeAll(async () => {
  lab = await startTestLab();
  ipam = lab.ipam.process;
  pods = await createPods(lab, 2, lab.parts);
});
afterAll(() => (lab as TestLab | undefined)?.remove());

/** Packets lost of those that every pod sends to every other one. */
async function lostPackets(): Promise<number> {
  const losses = pods.map(async ({ netns, ip }) => {
    const others = pods.map((pod) => pod.ip).filter((other) => other !== ip);
    const results = await ping(netns, others, { count: 2 }, runCommand);
    return results.reduce((lost, { sent, received }) => lost + sent - received, 0);
  });
  return (await Promise.all(losses)).reduce((sum, lost) => sum + lost, 0);
}

const agentOf = (name: string) => first(lab.nodes.filter((node) => node.name === name)).agent.process;

it('gives the same sandbox the same address when ADD comes twice', async () => {
  const { node, sandbox, ip } = first(pods);
  expect(podIp(await cniAdd(node.runtime, sandbox, runCommand))).toBe(ip);
  expect(await boundPods(lab)).toEqual(wiredPods(pods));
});

it('lets the address of a deleted pod cool, and succeeds at DEL again and without a namespace', async () => {
  const [deleted, ...others] = pods as [LabPod, ...LabPod[]];
  await cniDel(deleted.node.runtime, deleted.sandbox, deleted.result, runCommand);
  await cniDel(deleted.node.runtime, deleted.sandbox, deleted.result, runCommand);
  await removePod(deleted.node.runtime, deleted, runCommand);
  pods = others;
  await eventually(async () => {
    expect((await leasesIn(lab, 'cooling')).map(({ ip }) => ip)).toEqual([deleted.ip]);
  });
  expect(await boundPods(lab)).toEqual(wiredPods(pods));
});

it('keeps pods and leases when the agent is killed and starts again', async () => {
  await lab.children.stop(agentOf('n1'), 'SIGKILL');
  expect(await lostPackets()).toBe(0);
  await lab.children.start(agentOf('n1').spec);
  pods = [...pods, await addPod(lab, first(lab.nodes), 'after-agent')];
  expect(await lostPackets()).toBe(0);
  expect(await boundPods(lab)).toEqual(wiredPods(pods));
});

it('keeps leases and traffic when the IPAM service is killed and starts again', async () => {
  const [from, to] = [first(pods), first(pods.toReversed())];
  const watching = ping(from.netns, [to.ip], { count: 30 }, runCommand);
  ipam = await lab.children.restart(ipam);
  expect(await watching).toMatchObject([{ sent: 30, received: 30 }]);
  expect(await boundPods(lab)).toEqual(wiredPods(pods));
  const added = await Promise.all(lab.nodes.map((node) => addPod(lab, node, `after-ipam-${node.name}`)));
  pods = [...pods, ...added];
  expect(await lostPackets()).toBe(0);
  await eventually(async () => expect(await boundPods(lab)).toEqual(wiredPods(pods)));
});

it('starts pods while the IPAM service is away, and states them when it is back', async () => {
  await eventually(async () => expect((await leasesIn(lab, 'idle')).length).toBeGreaterThanOrEqual(4));
  await lab.children.stop(ipam, 'SIGKILL');
  const added = await Promise.all(lab.nodes.map((node) => addPod(lab, node, `offline-${node.name}`)));
  pods = [...pods, ...added];
  expect(await lostPackets()).toBe(0);
  ipam = await lab.children.start(ipam.spec);
  await eventually(async () => expect(await boundPods(lab)).toEqual(wiredPods(pods)));
  expect(new Set(pods.map(({ ip }) => ip)).size).toBe(pods.length);
});
