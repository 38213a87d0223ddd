import { spawn } from 'node:child_process';
import { LabError } from '../lab-error.js';

/** One program to run to its end. Arguments go to the kernel as they are: there is no shell in between. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly stdin?: string;
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** After this the program is killed. Default 30,000. */
  readonly timeoutMs?: number;
}

export interface Ended {
  /** Exit code; 128 + signal number is not used: a killed program has `code` null. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs commands; the lab's own is `runCommand`. */
export type RunCommand = (command: Command) => Promise<Ended>;

/** Runs a program and reports how it ended, whatever that was. @throws LabError `command-missing` */
export const runCommand: RunCommand = (command) =>
  new Promise((resolve, reject) => {
    const child = spawn(command.program, [...command.args], {
      env: { ...process.env, ...command.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: command.timeoutMs ?? 30_000,
      killSignal: 'SIGKILL',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause) => {
      reject(new LabError('command-missing', `cannot start ${command.program}: ${cause.message}`, { cause }));
    });
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
    // a program that ends without reading its input is judged by its exit, not by the broken pipe
    child.stdin.on('error', () => undefined);
    child.stdin.end(command.stdin ?? '');
  });

/** Runs a program that must succeed. Returns its stdout. @throws LabError `command-failed`, with what it said */
export async function mustRun(run: RunCommand, command: Command): Promise<string> {
  const { code, stdout, stderr } = await run(command);
  if (code === 0) return stdout;
  throw commandFailed(command, { code, said: stderr.trim() || stdout });
}

export function commandFailed(
  command: Command,
  end: { readonly code: number | null; readonly said: string },
): LabError {
  const ending = end.code === null ? 'was killed' : `exited ${end.code}`;
  const said = end.said.trim() || 'nothing';
  return new LabError('command-failed', `${[command.program, ...command.args].join(' ')} ${ending}: ${said}`);
}
