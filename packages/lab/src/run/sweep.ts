import { setTimeout as sleep } from 'node:timers/promises';
import { mustRun, type RunCommand } from './command.js';
import { labNames } from './names.js';
import { removeNetns } from './netns.js';
import { isRunning, type ProcessIdentity, processesWith } from './process-table.js';
import { forgetRun, readRuns, type RunState, runVariable } from './run-state.js';

export interface SweepReport {
  /** Labs whose keeper was gone, and what was left of them. */
  readonly swept: readonly { readonly run: string; readonly processes: number; readonly namespaces: number }[];
  /** Labs that run; nothing of theirs was touched. */
  readonly live: readonly RunState[];
}

/** Removes what dead labs have left: their processes, then their namespaces with all links in them. */
export async function sweep(stateDir: string, run: RunCommand): Promise<SweepReport> {
  const swept: SweepReport['swept'][number][] = [];
  const live: RunState[] = [];
  for (const state of await readRuns(stateDir)) {
    if (await isRunning(state.keeper)) live.push(state);
    else swept.push({ run: state.run, ...(await sweepRun(stateDir, state.run, run)) });
  }
  return { swept, live };
}

/** Removes everything of one run, whoever keeps it. Processes go first: one inside a namespace keeps it in being. */
export async function sweepRun(
  stateDir: string,
  labRun: string,
  run: RunCommand,
): Promise<{ processes: number; namespaces: number }> {
  const processes = await processesWith(runVariable, labRun);
  await endAll(processes);
  const namespaces = await namespacesOf(labRun, run);
  for (const netns of namespaces) await removeNetns(netns, run);
  await forgetRun(stateDir, labRun);
  return { processes: processes.length, namespaces: namespaces.length };
}

async function namespacesOf(labRun: string, run: RunCommand): Promise<readonly string[]> {
  const text = await mustRun(run, { program: 'ip', args: ['-j', 'netns', 'list'] });
  const listed = text === '' ? [] : (JSON.parse(text) as { name: string }[]);
  return listed.map(({ name }) => name).filter((name) => name.startsWith(labNames(labRun).prefix));
}

const graceMs = 2000;
const lookAgainMs = 20;

/** Asks all to end, and ends those that have not by `graceMs`. */
async function endAll(processes: readonly ProcessIdentity[]): Promise<void> {
  await signalRunning(processes, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < graceMs; waitedMs += lookAgainMs) {
    const running = await Promise.all(processes.map(isRunning));
    if (!running.includes(true)) return;
    await sleep(lookAgainMs);
  }
  await signalRunning(processes, 'SIGKILL');
}

async function signalRunning(processes: readonly ProcessIdentity[], signal: NodeJS.Signals): Promise<void> {
  for (const identity of processes) {
    if (!(await isRunning(identity))) continue;
    try {
      process.kill(identity.pid, signal);
    } catch (error) {
      // it may end between the look and the signal
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
