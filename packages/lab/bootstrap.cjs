'use strict';

/**
 * What a fresh clone needs before anything of it can run: the npm packages and the build. Plain JavaScript, because it
 * runs before anything is built.
 */
const { spawnSync } = require('node:child_process');
const { existsSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');

/** Ends the process with one sentence when a step fails; `program` is what the user called. */
function bootstrap(program) {
  if (!packagesAreInstalled()) step(program, 'npm packages', ['ci']);
  step(program, 'build', ['run', 'build']);
  step(program, 'CNI plugin', ['run', 'build:cni']);
}

/** npm writes its own lock file into node_modules last; an older one is of another state of the project. */
function packagesAreInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function step(program, what, args) {
  const startedMs = Date.now();
  const { status, stdout, stderr } = spawnSync('npm', ['--silent', ...args], { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}${program}: ${what}: npm ${args.join(' ')} failed\n`);
    process.exit(1);
  }
  process.stdout.write(`          ${what} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)\n`);
}

module.exports = { bootstrap, root };
