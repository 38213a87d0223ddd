import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run/command.js';
import { labNames } from '../run/names.js';
import { createNetns, removeNetns } from '../run/netns.js';
import { Teardown } from '../run/teardown.js';
import { claimFolders, prepareMachine, refuseSecondLab, type RunParts } from './prepare-run.js';

const run = `k${process.pid.toString(36)}`;
let folder: string;
let parts: RunParts;
let notes: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prepare-'));
  notes = [];
  parts = {
    run,
    stateDir: join(folder, 'state'),
    dataRoot: join(folder, 'data'),
    requirements: [{ program: 'ip', debianPackage: 'iproute2' }],
    progress: { note: (text) => notes.push(text), step: (_, work) => work() },
    teardown: new Teardown(),
    runCommand,
  };
});
afterEach(async () => {
  await parts.teardown.run();
  await removeNetns(labNames(run).node('n1'), runCommand);
  await rm(folder, { recursive: true });
});

it('refuses to run beside a lab that runs, and names its process', async () => {
  await claimFolders(parts);
  const live = await prepareMachine(parts);
  expect(() => refuseSecondLab(live)).toThrow(
    `lab ${run} is running, kept by process ${process.pid}; end it with: kill ${process.pid}`,
  );
});

it('removes what a killed lab has left, and says so', async () => {
  const keeper = spawn('true');
  await once(keeper, 'exit');
  await claimFolders(parts);
  const dead = { run, keeper: { pid: keeper.pid, startTicks: 1 } };
  await writeFile(join(parts.stateDir, `${run}.json`), JSON.stringify(dead));
  await createNetns(labNames(run).node('n1'), runCommand);

  expect(await prepareMachine(parts)).toEqual([]);
  expect(notes).toEqual([`removed what lab ${run} had left: 0 processes, 1 namespaces`]);
});

it('leaves nothing of a run behind but its data', async () => {
  const { dataDir, socketDir } = await claimFolders(parts);
  await writeFile(join(dataDir, 'agent.log'), '');
  await writeFile(join(socketDir, 'x.sock'), '');
  await createNetns(labNames(run).node('n1'), runCommand);

  await parts.teardown.run();

  expect(await readdir(parts.stateDir)).toEqual([]);
  expect(await readdir(dataDir)).toEqual(['agent.log']);
  const { stdout } = await runCommand({ program: 'ip', args: ['netns', 'list'] });
  expect(stdout).not.toContain(labNames(run).prefix);
});
