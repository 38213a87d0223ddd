import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.js';
import { mustRun, runCommand } from './command.js';
import { netnsPath } from './in-netns.js';
import { labNames } from './names.js';
import { createNetns, removeNetns } from './netns.js';
import { identityOf } from './process-table.js';
import { claimRun, runVariable } from './run-state.js';
import { sweep } from './sweep.js';

const run = `s${process.pid.toString(36)}`;
const names = labNames(run);
let stateDir: string;

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'sweep-'));
});

afterEach(async () => {
  await removeNetns(names.node('n1'), runCommand);
  await removeNetns(names.pod('n1-1'), runCommand);
  await rm(stateDir, { recursive: true, force: true });
});

/** Identity of a process that has ended. */
async function somebodyDead() {
  const child = spawn('true');
  const { pid = 0 } = child;
  await once(child, 'exit');
  return { pid, startTicks: 1 };
}

const exists = (path: string) => access(path).then(() => true, () => false); // prettier-ignore

it('removes the processes and namespaces of a lab whose keeper is gone', async () => {
  await claimRun(stateDir, run);
  await writeFile(join(stateDir, `${run}.json`), JSON.stringify({ run, keeper: await somebodyDead() }));
  await createNetns(names.node('n1'), runCommand);
  await mustRun(runCommand, { program: 'ip', args: ['netns', 'add', names.pod('n1-1')] });
  const agent = await Child.start({
    name: 'agent',
    program: 'sh',
    args: ['-c', 'echo ready; sleep 60 & wait'],
    netns: names.node('n1'),
    env: { [runVariable]: run },
    logPath: join(stateDir, 'agent.log'),
    isReady: (line) => line === 'ready',
  });

  const report = await sweep(stateDir, runCommand);

  expect(report).toEqual({ swept: [{ run, processes: 2, namespaces: 2 }], live: [] });
  expect(await exists(netnsPath(names.node('n1')))).toBe(false);
  expect(await identityOf(agent.pid)).toBeUndefined();
  expect(await sweep(stateDir, runCommand)).toEqual({ swept: [], live: [] });
});

it('leaves a lab alone that runs, and says who keeps it', async () => {
  await claimRun(stateDir, run);
  await createNetns(names.node('n1'), runCommand);

  const report = await sweep(stateDir, runCommand);

  expect(report).toEqual({ swept: [], live: [{ run, keeper: await identityOf(process.pid) }] });
  expect(await exists(netnsPath(names.node('n1')))).toBe(true);
});

it('takes a keeper whose pid another process has for gone', async () => {
  await claimRun(stateDir, run);
  const keeper = { pid: process.pid, startTicks: 1 };
  await writeFile(join(stateDir, `${run}.json`), JSON.stringify({ run, keeper }));

  expect((await sweep(stateDir, runCommand)).swept).toEqual([{ run, processes: 0, namespaces: 0 }]);
});

it('leaves a file alone that it cannot read', async () => {
  await writeFile(join(stateDir, 'x.json'), '{"run":"../../etc"}');

  expect(await sweep(stateDir, runCommand)).toEqual({ swept: [], live: [] });
  expect(await exists(join(stateDir, 'x.json'))).toBe(true);
});
