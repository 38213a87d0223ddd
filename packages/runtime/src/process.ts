import { type Component, runComponents } from './component.js';
import { errorText } from './error-text.js';
import { endsManyWaits } from './on-abort.js';

/** 128 + the signal's number for a second signal is the shell's convention. */
export const exitCodes = { clean: 0, failed: 1, usage: 2, SIGINT: 130, SIGTERM: 143 } as const;

/** What of Node's `process` a run needs. */
export interface ProcessPort {
  on(event: string, listener: (argument: unknown) => void): unknown;
  exit(code: number): void;
  /** One whole line with its newline. */
  writeError(line: string): void;
}

export const nodeProcess: ProcessPort = {
  on: (event, listener) => process.on(event, listener),
  exit: (code) => process.exit(code),
  writeError: (line) => void process.stderr.write(line),
};

/**
 * The whole life of a process: builds the components, runs them until SIGTERM or SIGINT, stops them and exits, with 0
 * after a clean stop and 1 otherwise. A second signal exits at once. Whatever ends the process early, a failed start or
 * an error that nobody caught, prints one line.
 */
export async function runProcess(
  build: (stopping: AbortSignal) => readonly Component[] | Promise<readonly Component[]>,
  port: ProcessPort = nodeProcess,
): Promise<void> {
  const stopping = new AbortController();
  endsManyWaits(stopping.signal);
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    port.on(name, () => {
      if (stopping.signal.aborted) port.exit(exitCodes[name]);
      stopping.abort(new Error(`stopped by ${name}`));
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    port.on(event, (error) => die(error, port));
  }
  try {
    await runComponents(await build(stopping.signal), stopping.signal);
    port.exit(exitCodes.clean);
  } catch (error) {
    die(error, port);
  }
}

function die(error: unknown, port: ProcessPort): void {
  port.writeError(`fatal: ${errorText(error)}\n`);
  port.exit(exitCodes.failed);
}
