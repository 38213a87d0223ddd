import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Component, type Logger, sleep } from '@terway/runtime';

export interface LinkMonitorOptions {
  /** Path of the network namespace that is the node's; this process's own when absent. */
  readonly hostNetns?: string | undefined;
  /** A link came, went or changed. */
  readonly onChange: () => void;
  readonly log: Logger;
}

/** Time until a monitor that ended is started again. */
const restartMs = 1_000;

/** Watches the links of the node with one `ip monitor link`, so that an ENI is seen as soon as it is plugged in. */
export function linkMonitor({ hostNetns, onChange, log }: LinkMonitorOptions): Component {
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let loop = Promise.resolve();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      child = start(hostNetns, onChange);
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

function start(hostNetns: string | undefined, onChange: () => void): ChildProcess {
  const enter = hostNetns === undefined ? [] : ['nsenter', `--net=${hostNetns}`, '--'];
  const [program, ...args] = [...enter, 'ip', 'monitor', 'link'];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.on('data', onChange);
  return child;
}
