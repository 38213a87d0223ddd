import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../lab-error.js';
import { inNetns } from './in-netns.js';

/** A program that runs as long as the lab does, or until a test stops it. */
export interface ChildSpec {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Namespace whose network it sees; this process's own when absent. */
  readonly netns?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Everything it prints is appended here. */
  readonly logPath: string;
  /** True for the line by which it says that it does its work. */
  readonly isReady: (line: string) => boolean;
  /** Default 20,000. */
  readonly readyWithinMs?: number;
}

const stopWithinMs = 5000;
const lastLines = 5;

/** A running child. It leads a process group of its own: a Ctrl-C at the terminal is the lab's to act on, not its. */
export class Child {
  /** Resolves when it has ended, whatever ended it. */
  readonly ended: Promise<unknown>;

  private constructor(
    readonly spec: ChildSpec,
    private readonly child: ChildProcess,
  ) {
    this.ended = this.running ? once(child, 'exit') : Promise.resolve();
  }

  /** Resolves when the child is ready. @throws LabError `not-ready` with its last lines; it does not run then */
  static async start(spec: ChildSpec): Promise<Child> {
    const own = { program: spec.program, args: spec.args };
    const { program, args } = spec.netns === undefined ? own : inNetns(spec.netns, own);
    const spawned = spawn(program, [...args], {
      env: { ...process.env, ...spec.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const child = new Child(spec, spawned);
    try {
      await readyLine(spawned, spec);
      return child;
    } catch (error) {
      await child.stop('SIGKILL');
      throw error;
    }
  }

  get name(): string {
    return this.spec.name;
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  get running(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when the child and all that it started have ended; one that does not end in time is killed. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.running) {
      this.child.kill(signal);
      const patience = new AbortController();
      await Promise.race([
        this.ended,
        sleep(stopWithinMs, undefined, { signal: patience.signal }).catch(() => undefined),
      ]);
      patience.abort();
    }
    this.kill();
    await this.ended;
  }

  /** Ends the whole group at once, without waiting: for a process that is itself about to exit. */
  kill(): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function readyLine(child: ChildProcess, spec: ChildSpec): Promise<void> {
  const { name, logPath, isReady, readyWithinMs = 20_000 } = spec;
  const log = createWriteStream(logPath, { flags: 'a' });
  const recent: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (what: string, cause?: unknown): void => {
      clearTimeout(timer);
      const said = recent.length === 0 ? 'it printed nothing' : `its last lines:\n  ${recent.join('\n  ')}`;
      reject(new LabError('not-ready', `${name} ${what} (log: ${logPath}); ${said}`, { cause }));
    };
    const timer = setTimeout(() => fail(`was not ready within ${readyWithinMs} ms`), readyWithinMs);
    log.on('error', (cause) => fail(`has no log: ${cause.message}`, cause));
    child.once('error', (cause) => fail(`cannot be started: ${cause.message}`, cause));
    child.once('close', (code, signal) => {
      log.end();
      fail(`ended with ${signal ?? code}`);
    });
    for (const output of [child.stdout, child.stderr]) {
      if (output === null) continue;
      createInterface({ input: output }).on('line', (line) => {
        log.write(`${line}\n`);
        recent.push(line);
        recent.splice(0, recent.length - lastLines);
        if (!isReady(line)) return;
        clearTimeout(timer);
        resolve();
      });
    }
  });
}
