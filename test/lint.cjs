'use strict';

/** `npm run lint`: every check of form and structure, side by side; prints what failed and nothing else. */
const { spawn } = require('node:child_process');
const { availableParallelism } = require('node:os');
const { join } = require('node:path');

const root = join(__dirname, '..');
// the slowest first
const checks = ['lint:unused', 'lint:imports', 'lint:format', 'lint:code', 'lint:proto'];

function run(script) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(text));
    child.on('error', (error) => output.push(`${error.message}\n`));
    child.on('close', (code) => resolve({ script, code, output: output.join('') }));
  });
}

async function main() {
  const waiting = checks.values();
  const worker = async () => {
    for (const check of waiting) {
      const { script, code, output } = await run(check);
      if (code === 0) continue;
      process.stderr.write(`npm run ${script}:\n${output}\n`);
      process.exitCode = 1;
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
}

void main();
