import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, RunCommand } from './command.js';
import { installRequirements, missingRequirements } from './requirements.js';

const needs = [
  { program: 'here', debianPackage: 'one' },
  { program: 'gone', debianPackage: 'two' },
  { program: 'plain', debianPackage: 'two' },
];

it('misses what no folder of PATH has as a program', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'requirements-'));
  try {
    await writeFile(join(folder, 'here'), '');
    await chmod(join(folder, 'here'), 0o755);
    await writeFile(join(folder, 'plain'), '');
    const missing = await missingRequirements(needs, `/nowhere::${folder}`);
    expect(missing.map(({ program }) => program)).toEqual(['gone', 'plain']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

function apt(codes: readonly number[]): { run: RunCommand; calls: string[] } {
  const calls: string[] = [];
  const run = ({ args }: Command) => {
    calls.push(args.join(' '));
    return Promise.resolve({ code: codes[calls.length - 1] ?? 0, stdout: '', stderr: 'no such package' });
  };
  return { run, calls };
}

it('installs each package once', async () => {
  const { run, calls } = apt([]);
  await installRequirements(needs.slice(1), run);
  expect(calls).toEqual(['install -y -q --no-install-recommends two']);
});

it('asks for the lists of a machine that has none', async () => {
  const { run, calls } = apt([100]);
  await installRequirements(needs.slice(0, 1), run);
  expect(calls).toHaveLength(3);
  expect(calls[1]).toBe('update -q');
});

it('says what to install when it cannot', async () => {
  const { run } = apt([100, 0, 100]);
  await expect(installRequirements(needs, run)).rejects.toThrow(
    'missing: here, gone, plain; install with: apt-get install one two',
  );
});

it('runs nothing when nothing is missing', async () => {
  const { run, calls } = apt([]);
  await installRequirements([], run);
  expect(calls).toEqual([]);
});
