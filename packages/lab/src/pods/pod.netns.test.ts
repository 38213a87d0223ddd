import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run/command.js';
import { labNames } from '../run/names.js';
import { createNetns, removeNetns } from '../run/netns.js';
import { parseNetworkList } from './cni-config.js';
import type { CniRuntime } from './cni-runtime.js';
import { createPod, removePod } from './pod.js';

const names = labNames(`q${process.pid.toString(36)}`);
const spec = { namespace: 'default', name: 'web-0', netns: names.pod('n1-1') };
let folder: string;
let runtime: CniRuntime;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pod-'));
  const list = { cniVersion: '1.0.0', name: 'terway', plugins: [{ type: 'first' }, { type: 'second', mtu: 1500 }] };
  runtime = { nodeNetns: names.node('n1'), binDir: folder, list: parseNetworkList(JSON.stringify(list)) };
  await createNetns(runtime.nodeNetns, runCommand);
});

afterEach(async () => {
  await removeNetns(spec.netns, runCommand);
  await removeNetns(runtime.nodeNetns, runCommand);
  await rm(folder, { recursive: true });
});

/** A plugin that writes down its call, with the namespace in which it ran, and answers. */
async function install(type: string, answer: string, exit = 0): Promise<void> {
  const script = [
    '#!/bin/sh',
    `echo "${type} $CNI_COMMAND netns=$CNI_NETNS in=$(ip netns identify)" >> ${folder}/calls`,
    `echo "${type} $(cat)" >> ${folder}/stdin`,
    `[ "$CNI_COMMAND" = ADD ] || exit 0`,
    `echo '${answer}'`,
    `exit ${exit}`,
    '',
  ].join('\n');
  await writeFile(join(folder, type), script);
  await chmod(join(folder, type), 0o755);
}

const linesOf = async (file: string) => (await readFile(join(folder, file), 'utf8')).trim().split('\n');

it('calls the plugins of the list as a runtime does, from ADD to the second DEL', async () => {
  await install('first', '{"ips":[{"address":"10.0.0.9/32"}]}');
  await install('second', '{"ips":[{"address":"10.0.0.9/32"}],"second":true}');

  const pod = await createPod(runtime, spec, runCommand);
  expect(pod.ip).toBe('10.0.0.9');
  await removePod(runtime, pod, runCommand);

  const netns = `/run/netns/${spec.netns}`;
  expect(await linesOf('calls')).toEqual([
    `first ADD netns=${netns} in=${runtime.nodeNetns}`,
    `second ADD netns=${netns} in=${runtime.nodeNetns}`,
    `second DEL netns=${netns} in=${runtime.nodeNetns}`,
    `first DEL netns=${netns} in=${runtime.nodeNetns}`,
    `second DEL netns= in=${runtime.nodeNetns}`,
    `first DEL netns= in=${runtime.nodeNetns}`,
  ]);
  const inputs = (await linesOf('stdin')).map((line) => JSON.parse(line.slice(line.indexOf('{'))) as unknown);
  expect(inputs[0]).toEqual({ type: 'first', cniVersion: '1.0.0', name: 'terway' });
  expect(inputs[1]).toMatchObject({ type: 'second', mtu: 1500, prevResult: { ips: [{ address: '10.0.0.9/32' }] } });
  expect(inputs[2]).toMatchObject({ type: 'second', prevResult: { second: true } });
  expect(inputs[4]).not.toHaveProperty('prevResult');
});

it('brings the words of a plugin that refuses, and leaves no sandbox', async () => {
  await install('first', '{"cniVersion":"1.0.0","code":11,"msg":"pool-exhausted","details":"retry in 2 s"}', 1);
  await install('second', '');

  await expect(createPod(runtime, spec, runCommand)).rejects.toMatchObject({
    code: 11,
    message: 'CNI error 11: pool-exhausted (retry in 2 s)',
  });
  const left = await runCommand({ program: 'ip', args: ['netns', 'list'] });
  expect(left.stdout).not.toContain(spec.netns);
});

it('brings what a plugin printed that died without an answer', async () => {
  await install('first', 'Segmentation fault', 139);
  await expect(createPod(runtime, spec, runCommand)).rejects.toThrow(
    'the plugin exited 139 and printed: Segmentation fault',
  );
});
