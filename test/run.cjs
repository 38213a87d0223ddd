'use strict';

/**
 * `npm test`: prepares a fresh clone, installs the programs that tests use, and runs every test. Those that need nothing
 * run side by side; those that share the machine (Redis, namespaces, the lab) run one after the other. The last line is
 * `N passed, N failed`.
 */
const { spawnSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { bootstrap, root } = require('../packages/lab/bootstrap.cjs');

const runs = [
  ['--selectProjects', 'unit', 'property', '--maxWorkers=2'],
  ['--selectProjects', 'redis', 'netns', 'e2e', '--runInBand'],
];

async function main() {
  if (process.getuid() !== 0) {
    process.stderr.write(
      'npm test: needs root, for network namespaces; without it, `npm run check` runs what needs nothing\n',
    );
    process.exit(1);
  }
  bootstrap('npm test');
  await installPrograms();
  const folder = mkdtempSync(join(tmpdir(), 'terway-test-'));
  const total = { passed: 0, failed: 0, skipped: 0 };
  try {
    runs.forEach((args, index) => add(total, runJest(args, join(folder, `${index}.json`))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

async function installPrograms() {
  const { runCommand } = require('../packages/lab/dist/run/command.js');
  const requirements = require('../packages/lab/dist/run/requirements.js');
  const needed = requirements.testRequirements;
  const missing = await requirements.missingRequirements(needed, process.env.PATH ?? '');
  if (missing.length === 0) return;
  process.stdout.write(`          installing ${missing.map(({ debianPackage }) => debianPackage).join(', ')}\n`);
  await requirements.installRequirements(missing, runCommand);
}

/** A run that dies without a tally counts as one failure. */
function runJest(args, tallyFile) {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const more = process.argv.slice(2);
  const env = { ...process.env, TERWAY_TEST_TALLY: tallyFile };
  const { status } = spawnSync(process.execPath, [jest, ...args, '--passWithNoTests', ...more], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  try {
    const tally = JSON.parse(readFileSync(tallyFile, 'utf8'));
    return status !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } catch {
    return { passed: 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  }
}

function add(total, tally) {
  for (const key of Object.keys(total)) total[key] += tally[key];
}

main().catch((error) => {
  process.stderr.write(`npm test: ${error.message}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
});
