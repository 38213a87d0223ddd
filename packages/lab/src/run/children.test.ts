import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Children } from './children.js';
import { Teardown } from './teardown.js';

let logDir: string;
let teardown: Teardown;
let children: Children;

beforeEach(async () => {
  logDir = await mkdtemp(join(tmpdir(), 'children-'));
  teardown = new Teardown();
  children = new Children({ run: 'x1', logDir, teardown });
});
afterEach(async () => {
  await teardown.run();
  await rm(logDir, { recursive: true });
});

const worker = (name: string) =>
  children.start({
    name,
    program: process.execPath,
    args: ['-e', 'console.log("ready", process.env.TERWAY_LAB_RUN); setInterval(() => {}, 1000)'],
    isReady: (line) => line.startsWith('ready'),
  });

it('gives each child the run and a log of its name, and stops it with the lab', async () => {
  const child = await worker('agent-n1');
  await teardown.run();
  expect(child.running).toBe(false);
  expect(await readFile(join(logDir, 'agent-n1.log'), 'utf8')).toBe('ready x1\n');
});

it('stops a child once, however often it is told to', async () => {
  const child = await worker('agent-n1');
  await children.stop(child, 'SIGKILL');
  await children.stop(child);
  expect(child.running).toBe(false);
});

it('starts a child again as it was, in the same log', async () => {
  const first = await worker('agent-n1');
  const second = await children.restart(first);
  expect([first.running, second.running]).toEqual([false, true]);
  await teardown.run();
  expect(second.running).toBe(false);
  expect(await readFile(join(logDir, 'agent-n1.log'), 'utf8')).toBe('ready x1\nready x1\n');
});

it('ends all at once when the lab cannot wait', async () => {
  const all = [await worker('agent-n1'), await worker('agent-n2')];
  children.killAll();
  await Promise.all(all.map((child) => child.ended));
  expect(all.map((child) => child.running)).toEqual([false, false]);
});
