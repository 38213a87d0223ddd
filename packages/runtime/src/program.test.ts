import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { buildSync } from 'esbuild';

/** A service that says when it has started and stopped. */
const service = `
  import { runProgram, settingsTable } from './index';

  const table = settingsTable({
    greeting: { flag: 'greeting', env: 'TERWAY_GREETING', kind: 'string', default: 'ready', describe: 'What to say' },
  });
  void runProgram({ name: 'terway-test', describe: 'Says something' }, table, ({ greeting }) => {
    const timer = setInterval(() => undefined, 1000);
    return [{
      name: 'speaker',
      start: async () => console.log(greeting),
      stop: async () => { clearInterval(timer); console.log('stopped'); },
    }];
  });
`;

const program = buildSync({
  stdin: { contents: service, resolveDir: __dirname, loader: 'ts' },
  bundle: true,
  platform: 'node',
  write: false,
}).outputFiles[0]?.text;

interface Ending {
  readonly code: unknown;
  readonly output: string;
}

/** Runs the service in a process of its own; `onOutput` sees all that it has printed so far. */
async function run(argv: string[], onOutput: (output: string, child: ChildProcess) => void): Promise<Ending> {
  const child = spawn(process.execPath, ['-', ...argv]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      onOutput(output, child);
    });
  }
  child.stdin.end(program);
  const [code] = (await once(child, 'close')) as unknown[];
  return { code, output };
}

describe('a program', () => {
  it('runs with its settings until SIGTERM', async () => {
    const ending = await run(['--greeting', 'hello'], (output, child) => {
      if (output === 'hello\n') child.kill('SIGTERM');
    });
    expect(ending).toEqual({ code: 0, output: 'hello\nstopped\n' });
  });

  it('prints its settings when asked for help', async () => {
    const { code, output } = await run(['--help'], () => undefined);
    expect(code).toBe(0);
    expect(output).toContain('--greeting <text>');
  });

  it('ends with 2 and one line for each wrong flag', async () => {
    expect(await run(['--greting=x', '--verbose'], () => undefined)).toEqual({
      code: 2,
      output: 'terway-test: unknown flag --greting, did you mean --greeting?\nterway-test: unknown flag --verbose\n',
    });
  });
});
