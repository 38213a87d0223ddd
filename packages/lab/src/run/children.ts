import { join } from 'node:path';
import { Child, type ChildSpec } from './child.js';
import { runVariable } from './run-state.js';
import type { Teardown } from './teardown.js';

/** The processes of one lab: each carries its run, logs beside the others, and is stopped with the lab. */
export class Children {
  private readonly started = new Set<Child>();

  constructor(private readonly lab: { readonly run: string; readonly logDir: string; readonly teardown: Teardown }) {}

  /** @throws LabError `not-ready` */
  async start(spec: Omit<ChildSpec, 'logPath'>): Promise<Child> {
    const { run, logDir, teardown } = this.lab;
    const child = await Child.start({
      ...spec,
      env: { ...spec.env, [runVariable]: run },
      logPath: join(logDir, `${spec.name}.log`),
    });
    this.started.add(child);
    teardown.add(spec.name, () => this.stop(child));
    return child;
  }

  /** Stopping what has ended is done already. */
  async stop(child: Child, signal?: NodeJS.Signals): Promise<void> {
    if (!this.started.delete(child)) return;
    await child.stop(signal);
  }

  /** Ends a child, SIGKILL by default, and starts it as it was started before. @throws LabError `not-ready` */
  async restart(child: Child, signal: NodeJS.Signals = 'SIGKILL'): Promise<Child> {
    await this.stop(child, signal);
    return this.start(child.spec);
  }

  /** For a process that must exit now: what it started does not outlive it. */
  killAll(): void {
    for (const child of this.started) child.kill();
  }
}
