import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { isHostIfName } from '@terway/datapath';
import { type Component, type Logger, sleep } from '@terway/runtime';

export interface LinkMonitorOptions {
  /** A link that is no pod's came, went or changed. */
  readonly onChange: () => void;
  readonly log: Logger;
}

/** Time until a monitor that ended is started again. */
const restartMs = 1_000;

/** Watches the links of the node with one `ip monitor link`, so that an ENI is seen as soon as it is plugged in. */
export function linkMonitor({ onChange, log }: LinkMonitorOptions): Component {
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let loop = Promise.resolve();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      child = start(onChange);
      await once(child, 'close').catch((error: unknown) => log.warn('links are not watched', { error: String(error) }));
      if (!stopping.signal.aborted) await sleep(restartMs, stopping.signal).catch(() => undefined);
    }
  }

  return {
    name: 'link-monitor',
    async start() {
      loop = run();
    },
    async stop() {
      stopping.abort();
      child?.kill('SIGTERM');
      await loop;
    },
  };
}

function start(onChange: () => void): ChildProcess {
  const child = spawn('ip', ['-oneline', 'monitor', 'link'], { stdio: ['ignore', 'pipe', 'ignore'] });
  createInterface(child.stdout).on('line', (line) => {
    if (!isOfPod(line)) onChange();
  });
  return child;
}

/** Every ADD and DEL changes links too; only those of ENIs are news to the centre. */
export function isOfPod(line: string): boolean {
  const name = /^(?:Deleted )?\d+: ([^:@\s]+)/.exec(line)?.[1];
  return name !== undefined && isHostIfName(name);
}
