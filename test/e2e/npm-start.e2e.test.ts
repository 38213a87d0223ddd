import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labNames, processesWith, runCommand, runVariable, sweepRun } from '@terway/lab';
import { eventually, first, namespaces } from '../support/lab.js';

jest.setTimeout(60_000);

const root = join(__dirname, '../..');
const labMain = join(root, 'packages/lab/dist/main.js');
const up = 'The lab is up; Ctrl-C ends it and removes everything.\n';

/** Where these labs say that they run: not where an operator's lab does. */
let dir: string;
let stateDir: string;
let started: Printing[];

/** A program with all that it prints into a pipe, and the leader of a process group, as at a terminal. */
class Printing {
  stdout = '';
  stderr = '';
  readonly ended: Promise<unknown[]>;

  constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = once(child, 'close');
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** To the program alone. */
  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name);
  }

  /** To all of its group, as a terminal does. */
  signalGroup(name: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** Exit code, once nobody can print any more; null when a signal has ended it. */
  async exitCode(): Promise<unknown> {
    return (await this.ended)[0];
  }

  /** Resolves when it has printed the text. @throws Error when it ends without */
  async says(text: string): Promise<void> {
    await eventually(() => {
      if (this.child.exitCode === null) expect(this.stdout).toContain(text);
    }, 40_000);
    if (!this.stdout.includes(text)) throw new Error(`ended with ${this.child.exitCode}: ${this.stderr}`);
  }
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'terway-npm-start-'));
  stateDir = join(dir, 'state');
  started = [];
});
afterEach(async () => {
  for (const program of started) program.signalGroup('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  for (const run of await runs()) await sweepRun(stateDir, run, runCommand);
  await rm(dir, { recursive: true });
});

function start(program: string, ...args: readonly string[]): Printing {
  const size = {
    TERWAY_LAB_NODES: '1',
    TERWAY_LAB_PODS: '1',
    TERWAY_LAB_PRESET: 'calm',
    TERWAY_LAB_FREE_PORTS: 'true',
  };
  const env = { ...process.env, ...size, TERWAY_LAB_STATE_DIR: stateDir, TMPDIR: dir };
  const printing = new Printing(
    spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true }),
  );
  started.push(printing);
  return printing;
}

const startLab = (...args: readonly string[]) => start(process.execPath, labMain, ...args);

async function runs(): Promise<readonly string[]> {
  const files = await readdir(stateDir).catch(() => []);
  return files.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
}

async function leftOf(run: string) {
  const { prefix } = labNames(run);
  return {
    namespaces: (await namespaces()).filter((name) => name.startsWith(prefix)).length,
    processes: (await processesWith(runVariable, run)).length,
    files: (await readdir(stateDir)).length,
  };
}

const nothing = { namespaces: 0, processes: 0, files: 0 };

it('refuses a second lab, and removes the first at Ctrl-C', async () => {
  const lab = startLab();
  await lab.says(up);
  const run = first(await runs());
  expect((await leftOf(run)).namespaces).toBe(3);

  const second = startLab();
  expect(await second.exitCode()).toBe(1);
  expect(second.stderr).toBe(
    `npm start: lab ${run} is running, kept by process ${lab.pid}; end it with: kill ${lab.pid}\n`,
  );

  lab.signal('SIGINT');
  expect(await lab.exitCode()).toBe(0);
  expect(await leftOf(run)).toEqual(nothing);
  expect(lab.stdout).toContain('2 of 2 pings answered\n');
  expect(lab.stdout + lab.stderr).toMatch(/^[\n\x20-\x7e]*$/);
});

it('removes what a killed lab has left, and does its own work', async () => {
  const killed = startLab();
  await killed.says(up);
  const run = first(await runs());
  killed.signal('SIGKILL');
  await killed.exitCode();
  const { namespaces: left } = await leftOf(run);
  expect(left).toBe(3);

  const next = startLab('--once');
  expect(await next.exitCode()).toBe(0);
  expect(next.stdout).toMatch(new RegExp(`removed what lab ${run} had left: [1-9]\\d* processes, 3 namespaces\n`));
  expect(await leftOf(run)).toEqual(nothing);
});

it.each([
  ['the terminal sends Ctrl-C to npm and to the lab', (npm: Printing) => npm.signalGroup('SIGINT')],
  ['npm is killed', (npm: Printing) => npm.signal('SIGKILL')],
])('removes everything when %s', async (_, end) => {
  const npm = start('npm', 'start');
  await npm.says(up);
  const run = first(await runs());
  end(npm);
  await eventually(async () => expect(await leftOf(run)).toEqual(nothing));
});

it('says in one line that it needs root', async () => {
  const lab = start('unshare', '--user', process.execPath, join(root, 'packages/lab/start.cjs'));
  expect(await lab.exitCode()).toBe(1);
  expect(lab.stdout).toBe('');
  expect(lab.stderr).toBe('npm start: needs root, for network namespaces: run it as root, or with sudo\n');
});
