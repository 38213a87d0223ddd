import { readFile, writeFile } from 'node:fs/promises';
import { doHarm } from '@terway/cloud-simulator';
import { CniError, installCni, ipamSeenFromNodes, type LabPod, runCommand, startAgent } from '@terway/lab';
import { addPod, eventually, first, startTestLab, type TestLab } from '../support/lab.js';

jest.setTimeout(60_000);

/** Of the smallest instance type: 2 ENIs for pods, 6 addresses each. */
const podsThatFit = 12;
const vSwitchFullLine = new RegExp(
  'level=warning msg="Assign private ip address failed: Aliyun API Error: RequestId: [0-9A-F-]{36} Status Code: 403 ' +
    'Code: InvalidVSwitchId.IpNotEnough Message: .*vsw-pods-.*, retrying"',
);

let lab: TestLab;

beforeAll(async () => {
  lab = await startTestLab({ agentFlags: { 'add-timeout': '3s' } });
});
afterAll(() => (lab as TestLab | undefined)?.remove());

/** Adds pods to a node until one is refused. */
async function fill(nodeName: string): Promise<{ readonly pods: readonly LabPod[]; readonly refusal: CniError }> {
  const node = first(lab.nodes.filter(({ name }) => name === nodeName));
  const pods: LabPod[] = [];
  for (;;) {
    try {
      pods.push(await addPod(lab, node, `${nodeName}-${pods.length + 1}`));
    } catch (error) {
      if (error instanceof CniError && pods.length <= podsThatFit) return { pods, refusal: error };
      throw error;
    }
  }
}

it('says eni-limit-reached when the instance type carries no more', async () => {
  const { pods, refusal } = await fill('n2');
  expect(pods).toHaveLength(podsThatFit);
  expect(refusal.code).toBe(11);
  expect(refusal.msg).toMatch(/^eni-limit-reached: ecs\.g7\.large carries 2 ENIs of 6 addresses for pods/);
});

it('says vswitch-exhausted to the runtime, and writes the line that operators look for', async () => {
  for (const { id, use } of lab.topology.vSwitches) {
    if (use === 'pods') doHarm(lab.simulator.cloud, 'exhaust', { vSwitchId: id });
  }
  const { pods, refusal } = await fill('n1');
  expect(pods.length).toBeGreaterThan(0);
  expect(refusal.code).toBe(11);
  expect(refusal.msg).toMatch(/^vswitch-exhausted: /);
  expect(refusal.details).toMatch(/retry_after_ms=\d+ .*cloud_code=InvalidVSwitchId.IpNotEnough/);
  expect(await lab.logOf('agent-n1')).toMatch(vSwitchFullLine);
  expect(await lab.logOf('ipam')).toMatch(vSwitchFullLine);
});

it('gives no address to an instance that the cloud does not know', async () => {
  const home = first(lab.nodes);
  const ghost = { ...home, name: 'ghost', instanceId: 'i-ghost' };
  const flags = { 'instance-id': 'i-ghost', 'node-ip': home.ip, 'http-port': '0', 'add-timeout': '2s' };
  const { folders } = lab.parts;
  const agent = await startAgent({ node: ghost, folders, ipam: ipamSeenFromNodes, flags }, lab.children);
  const runtime = await installCni({ netns: home.netns, dir: agent.dir, cniSocket: agent.cniSocket }, runCommand);
  await expect(addPod(lab, { ...ghost, agent, runtime }, 'ghost-1')).rejects.toMatchObject({
    code: 11,
    msg: 'node-unknown: the cloud knows no instance i-ghost',
  });
  const log = await lab.logOf('agent-ghost');
  expect(log.match(/level=warning msg="renewing was refused" .*reason=node-unknown/g)).toHaveLength(1);
});

it('keeps the last good eni_conf when an edit is bad, and takes the next good one', async () => {
  const path = lab.ipam.eniConfPath;
  const good = await readFile(path, 'utf8');
  const edit = async (text: string, expected: string): Promise<void> => {
    await writeFile(path, text);
    await eventually(async () => expect(await lab.logOf('ipam')).toContain(expected));
  };
  await edit('{ "max_pool_size": ', 'msg="eni_conf is kept as it was" error="eni_conf: expected JSON, got text that');
  await edit('{ "max_pool_size": "10" }', 'max_pool_size: expected a whole number from 0, got');
  await edit(good.replace('"max_pool_size": 10', '"max_pool_size": 11'), 'msg="eni_conf has changed and is in use"');
});
