import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../lab-error.js';
import type { Progress } from '../report/progress.js';
import type { RunCommand } from '../run/command.js';
import { installRequirements, missingRequirements, type Requirement } from '../run/requirements.js';
import { claimRun, type RunState } from '../run/run-state.js';
import { sweep, sweepRun } from '../run/sweep.js';
import type { Teardown } from '../run/teardown.js';

export interface RunFolders {
  /** For unix sockets: a short path, since the kernel allows them 107 bytes. */
  readonly socketDir: string;
  /** For logs, stores and journals. */
  readonly dataDir: string;
}

export interface RunParts {
  readonly run: string;
  readonly stateDir: string;
  /** Folder in which the run gets its own. */
  readonly dataRoot: string;
  readonly requirements: readonly Requirement[];
  readonly progress: Progress;
  readonly teardown: Teardown;
  readonly runCommand: RunCommand;
}

/** Installs what is missing, and removes what dead labs have left. @throws LabError `command-missing` */
export async function prepareMachine(parts: RunParts): Promise<readonly RunState[]> {
  const { requirements, progress, stateDir, dataRoot, runCommand } = parts;
  const missing = await missingRequirements(requirements, process.env['PATH'] ?? '');
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))].join(', ');
    await progress.step(`installed ${packages}`, () => installRequirements(missing, runCommand));
  }
  const { swept, live } = await sweep(stateDir, runCommand);
  for (const { run, processes, namespaces } of swept) {
    await rm(join(dataRoot, run), { recursive: true, force: true });
    progress.note(`removed what lab ${run} had left: ${processes} processes, ${namespaces} namespaces`);
  }
  return live;
}

/** Two labs at once would want the same ports. @throws LabError `lab-running`, with the process to end */
export function refuseSecondLab(live: readonly RunState[]): void {
  const [first] = live;
  if (first === undefined) return;
  const { run, keeper } = first;
  throw new LabError(
    'lab-running',
    `lab ${run} is running, kept by process ${keeper.pid}; end it with: kill ${keeper.pid}`,
  );
}

/** Says that the run is ours, before anything of it exists, and makes its folders. */
export async function claimFolders(parts: RunParts): Promise<RunFolders> {
  const { run, stateDir, dataRoot, teardown, runCommand } = parts;
  const socketDir = await claimRun(stateDir, run);
  teardown.add(`run ${run}`, async () => void (await sweepRun(stateDir, run, runCommand)));
  const dataDir = join(dataRoot, run);
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  return { socketDir, dataDir };
}
