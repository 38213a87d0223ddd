import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { readFailures } from './batch.js';
import { DatapathError } from './errors.js';
import type { NamespaceFacts } from './facts.js';
import type { Kernel, Netns } from './kernel.js';
import { observeLines, parseFacts } from './observe.js';
import type { Runner } from './port.js';
import { refusalOf } from './refusal.js';
import { runnerOn } from './runner-on.js';
import type { SysctlStep } from './step.js';

export interface IpRunnerOptions {
  /** Path of the network namespace that is the node's. Default: the one of this process. */
  readonly hostNetns?: string;
}

/** Carries plans out with ip(8): one process per namespace, fed with a batch. Needs root and iproute2. */
export function createIpRunner({ hostNetns }: IpRunnerOptions = {}): Runner {
  return runnerOn(ipKernel, hostNetns);
}

const ipKernel: Kernel = {
  async batch(netns, lines, onFailure) {
    const options = onFailure === 'stop' ? ['-batch', '-'] : ['-force', '-batch', '-'];
    const { exitCode, stderr } = await execute(netns, ['ip', ...options], lines.join('\n'));
    if (exitCode === 0) return [];
    const failures = readFailures(stderr);
    return failures.length > 0 ? failures : [{ index: undefined, kernelText: `ip ended with ${exitCode}` }];
  },

  async writeSysctls(netns, sysctls) {
    if (netns === undefined) await Promise.all(sysctls.map(writeSysctl));
    else await writeSysctlsIn(netns, sysctls);
  },

  observe: (netns) => observe(netns, 3),
};

/** A dump that the kernel changed meanwhile is asked for again. */
async function observe(netns: Netns, attempts: number): Promise<NamespaceFacts> {
  const { exitCode, stdout, stderr } = await execute(netns, ['ip', '-details', '-json', '-batch', '-'], observeText);
  const wasInterrupted = /Dump (was interrupted|terminated)/.test(stderr);
  if (exitCode === 0 && !wasInterrupted) return parseFacts(stdout);
  if (wasInterrupted && attempts > 1) return observe(netns, attempts - 1);
  throw refusalOf(stderr.trim(), undefined);
}

const observeText = observeLines.join('\n');

async function writeSysctl({ key, value }: SysctlStep): Promise<void> {
  const path = `/proc/sys/${key}`;
  await writeFile(path, value, { flag: 'r+' }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return;
    throw new DatapathError('kernel-refused', `${path}: expected to hold ${value}, got ${cause.code}`, {
      line: path,
      cause,
    });
  });
}

/** /proc/sys shows the namespace of who looks, so another one's is written from inside: one tee(1) per value. */
async function writeSysctlsIn(netns: string, sysctls: readonly SysctlStep[]): Promise<void> {
  for (const value of new Set(sysctls.map((step) => step.value))) {
    const paths = sysctls.filter((step) => step.value === value).map(({ key }) => `/proc/sys/${key}`);
    const { stderr } = await execute(netns, ['tee', '--', ...paths], value);
    const real = stderr.split('\n').find((row) => row !== '' && !row.includes('No such file or directory'));
    if (real !== undefined) throw refusalOf(real, `sysctl ${value} > ${paths.join(' ')}`);
  }
}

/** ip(8) takes milliseconds; one that hangs must not hold up the pod's next call. */
const processLimitMs = 20_000;

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a program, without a shell, inside a namespace. @throws DatapathError `kernel-refused` when it cannot start */
function execute(netns: Netns, command: readonly string[], input: string): Promise<Ended> {
  const [program = '', ...args] = netns === undefined ? command : ['nsenter', `--net=${netns}`, '--', ...command];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: 'pipe',
      timeout: processLimitMs,
      killSignal: 'SIGKILL',
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (cause) => reject(new DatapathError('kernel-refused', `cannot start ${program}`, { cause })));
    child.on('close', (exitCode) => {
      if (!child.killed) return resolve({ exitCode, stdout, stderr });
      const text = `${command.join(' ')}: expected to end within ${processLimitMs} ms, got killed`;
      return reject(new DatapathError('kernel-refused', text));
    });
    // a program that ended early, as nsenter without a namespace, reads no input; its exit says why
    child.stdin.on('error', () => undefined).end(input === '' ? '' : `${input}\n`);
  });
}
