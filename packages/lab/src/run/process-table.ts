import { readdir, readFile } from 'node:fs/promises';

/** A process that a pid alone does not name: pids are used again, start times are not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from boot to the start of the process: field 22 of /proc/PID/stat, proc(5). */
  readonly startTicks: number;
}

/** Name of a program, as it or its title says: proc(5). Empty when no such process runs. */
export async function commandOf(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
}

/** Pid of the parent, 0 when there is none. */
export async function parentOf(pid: number): Promise<number> {
  return Number((await statOf(pid))[1] ?? 0);
}

/** Undefined when no such process runs; a zombie does not run. */
export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  const fields = await statOf(pid);
  const [state, startTicks] = [fields[0], Number(fields[19])];
  return state === undefined || state === 'Z' || Number.isNaN(startTicks) ? undefined : { pid, startTicks };
}

/** Fields of /proc/PID/stat from the third on; none when no such process runs. */
async function statOf(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // the command's name, in brackets, may hold anything
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await identityOf(identity.pid))?.startTicks === identity.startTicks;
}

/** Processes that were started with `name=value` in their environment; whoever they start inherits it. */
export async function processesWith(name: string, value: string): Promise<readonly ProcessIdentity[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environment.split('\0').includes(`${name}=${value}`) ? identityOf(pid) : undefined;
    }),
  );
  return found.filter((identity) => identity !== undefined && identity.pid !== process.pid) as ProcessIdentity[];
}
