import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labNames } from './names.js';
import { identityOf, type ProcessIdentity } from './process-table.js';

/** Where labs say that they run: one file per run, and one folder for its sockets. */
export const defaultStateDir = '/run/terway-lab';

/** In the environment of every process of a run, so that a later lab finds what a dead one left running. */
export const runVariable = 'TERWAY_LAB_RUN';

/** What a lab writes before it makes anything, and removes after it has removed everything. */
export interface RunState {
  readonly run: string;
  /** The process that keeps the lab. When it is gone, all that is left of the run is nobody's. */
  readonly keeper: ProcessIdentity;
}

/** Says that this process keeps the run. Returns the folder for its sockets. */
export async function claimRun(stateDir: string, run: string): Promise<string> {
  const folder = join(stateDir, labNames(run).run);
  const keeper = await identityOf(process.pid);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = `${folder}.json`;
  await writeFile(`${path}.new`, `${JSON.stringify({ run, keeper })}\n`);
  await rename(`${path}.new`, path);
  return folder;
}

/** The file goes last: as long as something is left, somebody must know of it. */
export async function forgetRun(stateDir: string, run: string): Promise<void> {
  const folder = join(stateDir, labNames(run).run);
  await rm(folder, { recursive: true, force: true });
  await rm(`${folder}.json`, { force: true });
}

/** Every run that is written down. A file that cannot be read says nothing, and is left alone. */
export async function readRuns(stateDir: string): Promise<readonly RunState[]> {
  const names = await readdir(stateDir).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json'));
  const states = await Promise.all(files.map((name) => readRun(join(stateDir, name))));
  return states.filter((state) => state !== undefined);
}

async function readRun(path: string): Promise<RunState | undefined> {
  try {
    const { run, keeper } = JSON.parse(await readFile(path, 'utf8')) as RunState;
    return { run: labNames(run).run, keeper: { pid: keeper.pid, startTicks: keeper.startTicks } };
  } catch {
    return undefined;
  }
}
