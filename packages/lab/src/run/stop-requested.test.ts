import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { identityOf } from './process-table.js';
import { keepersOf, meaningOf } from './stop-requested.js';

it('takes the signals of one Ctrl-C for one wish, and a later one for impatience', () => {
  expect([undefined, 0, 499, 500, 60_000].map(meaningOf)).toEqual([
    'stop',
    'nothing',
    'nothing',
    'exit-now',
    'exit-now',
  ]);
});

/** Starts `title` → `shell` → sleep, and answers the three pids. */
async function threeGenerations(title: string, shell: string) {
  const script = `process.title = ${JSON.stringify(title)};
    const child = require('node:child_process').spawn(${JSON.stringify(shell)}, ['-c', 'sleep 60 & echo $$ $!; wait']);
    child.stdout.pipe(process.stdout);`;
  const top = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(top.stdout, 'data')) as [Buffer];
  const [middle = 0, bottom = 0] = line.toString().trim().split(' ').map(Number);
  const end = (): void => [bottom, middle, top.pid ?? 0].forEach((pid) => process.kill(pid, 'SIGKILL'));
  return { top: top.pid ?? 0, middle, bottom, end };
}

it('is kept by npm behind the shell of npm', async () => {
  const { top, middle, bottom, end } = await threeGenerations('npm start', 'sh');
  try {
    expect(await keepersOf(bottom)).toEqual([await identityOf(middle), await identityOf(top)]);
  } finally {
    end();
  }
});

it('is kept by its parent alone where that is no shell of npm', async () => {
  const { middle, bottom, end } = await threeGenerations('terminal', 'sh');
  try {
    expect(await keepersOf(bottom)).toEqual([await identityOf(middle)]);
  } finally {
    end();
  }
});
