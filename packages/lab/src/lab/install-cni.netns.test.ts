import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPod } from '../pods/pod.js';
import { runCommand } from '../run/command.js';
import { labNames } from '../run/names.js';
import { createNetns, removeNetns } from '../run/netns.js';
import { installCni } from './install-cni.js';

const names = labNames(`i${process.pid.toString(36)}`);
const netns = names.node('n1');
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'install-cni-'));
  await createNetns(netns, runCommand);
});
afterEach(async () => {
  await removeNetns(names.pod('n1-1'), runCommand);
  await removeNetns(netns, runCommand);
  await rm(dir, { recursive: true });
});

it('installs a plugin that runs in the node, and says that no agent answers there', async () => {
  const runtime = await installCni({ netns, dir, cniSocket: join(dir, 'cni.sock') }, runCommand);
  expect(runtime.list.plugins.map(({ type }) => type)).toEqual(['terway']);

  const pod = { namespace: 'default', name: 'web-1', netns: names.pod('n1-1') };
  await expect(createPod(runtime, pod, runCommand)).rejects.toMatchObject({ reason: 'cni-refused', code: 11 });
});
