import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.js';
import { identityOf } from './process-table.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'child-'));
});
afterEach(() => rm(folder, { recursive: true }));

const node = (script: string, readyWithinMs = 10_000) => ({
  name: 'worker',
  program: process.execPath,
  args: ['-e', script],
  logPath: join(folder, 'worker.log'),
  isReady: (line: string) => line === 'ready',
  readyWithinMs,
});

it('waits for the line that says ready, and keeps what was printed', async () => {
  const child = await Child.start(node('console.error("warming"); console.log("ready"); setInterval(() => {}, 1000)'));
  try {
    expect(child.running).toBe(true);
  } finally {
    await child.stop();
  }
  expect(child.running).toBe(false);
  expect((await readFile(join(folder, 'worker.log'), 'utf8')).split('\n').sort()).toEqual(['', 'ready', 'warming']);
});

it('tells the last lines of a child that ends before it is ready', async () => {
  const start = Child.start(node('console.error("port 19650 is taken"); process.exit(3)'));
  await expect(start).rejects.toThrow(/worker ended with 3 .*its last lines:\n {2}port 19650 is taken/);
});

it('ends a child that is not ready in time', async () => {
  const start = Child.start(node('setInterval(() => {}, 1000)', 50));
  await expect(start).rejects.toMatchObject({
    reason: 'not-ready',
    message: expect.stringContaining('was not ready within 50 ms'),
  });
});

it('reports a program that is not there', async () => {
  const start = Child.start({ ...node(''), program: '/nowhere/worker' });
  await expect(start).rejects.toThrow('worker cannot be started: spawn /nowhere/worker ENOENT');
});

it('ends what the child has started, too', async () => {
  const script = `
    const { spawn } = require('node:child_process');
    console.log(spawn('sleep', ['60']).pid);
    console.log('ready');
    process.on('SIGTERM', () => process.exit(0));`;
  const child = await Child.start(node(script));
  await child.stop();
  const grandchild = Number((await readFile(join(folder, 'worker.log'), 'utf8')).split('\n')[0]);
  for (let looks = 0; (await identityOf(grandchild)) !== undefined && looks < 200; looks++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(await identityOf(grandchild)).toBeUndefined();
});
