import { LabError } from '../lab-error.js';

/** Says what happens while it happens: one whole line per step, so that it reads the same in a file. */
export interface Progress {
  /** Runs a step, and says when it is done and how long it took. */
  step<T>(what: string, work: () => Promise<T>): Promise<T>;
  note(text: string): void;
}

export function lineProgress(write: (line: string) => void, nowMs: () => number): Progress {
  const startedMs = nowMs();
  const line = (text: string): void => write(`${seconds(nowMs() - startedMs).padStart(6)} s  ${text}\n`);
  return {
    note: line,
    step: async (what, work) => {
      const fromMs = nowMs();
      try {
        const result = await work();
        line(`${what} (${seconds(nowMs() - fromMs)} s)`);
        return result;
      } catch (error) {
        line(`${what}: failed`);
        throw error;
      }
    },
  };
}

/** Begins no further step once somebody wants to stop. @throws LabError `stopped` */
export function untilStopped(progress: Progress, stop: AbortSignal): Progress {
  return {
    note: progress.note,
    step: (what, work) => {
      if (stop.aborted) throw new LabError('stopped', `stopped before the step: ${what}`);
      return progress.step(what, work);
    },
  };
}

export const silentProgress: Progress = { note: () => undefined, step: (_, work) => work() };

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
