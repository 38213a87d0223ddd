import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalReasons } from '@terway/ipam-core';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');

it('has a lock file that names no host', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved": *"https?:/);
});

it('runs the import rules over TypeScript, not around it', () => {
  const info = execFileSync(join(root, 'node_modules/.bin/depcruise'), ['--info'], { cwd: root, encoding: 'utf8' });
  expect(info).toMatch(/✔ typescript/);
});

it('explains every refusal in the runbook, and nothing else', () => {
  const explained = [...read('deploy/runbook.md').matchAll(/^### `([a-z-]+)`$/gm)].map(([, reason]) => reason);
  expect(explained.toSorted()).toEqual([...refusalReasons].toSorted());
});

it('keeps files small enough to read', () => {
  const exempt = /\/generated\/|\.test\.ts$|\.contract\.ts$|\/model\//;
  const large = tracked
    .filter((path) => /\.(ts|lua)$/.test(path) && !exempt.test(path))
    .filter((path) => read(path).split('\n').length > 250);
  expect(large).toEqual([]);
});

it('depends on nothing that obliges its users to open their code', () => {
  const packages = JSON.parse(
    execFileSync('npm', ['query', '*'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
  ) as { readonly name?: string; readonly license?: string }[];
  const copyleft = packages
    .filter(({ license = '' }) => /\b(A?GPL|LGPL|SSPL|EUPL)/.test(license))
    .map(({ name }) => name);
  expect(packages.length).toBeGreaterThan(100);
  expect(copyleft).toEqual([]);
});
