import type { LineFailure } from './kernel.js';
import type { Plan, Step, SysctlStep, Where } from './step.js';
import { toLines } from './step.js';

/** Neighbouring steps of one namespace that one process, or a few file writes, carry out. */
export interface Batch {
  readonly netns: Where;
  readonly steps: readonly Step[];
}

/**
 * Cuts a plan where the namespace changes. Sysctls of a run of steps come after its other steps, so that
 * they do not cut it, and the links that they speak of exist.
 */
export function batches(plan: Plan): readonly Batch[] {
  const runs: { netns: Where; steps: Step[] }[] = [];
  for (const step of plan.steps) {
    const last = runs.at(-1);
    if (last?.netns === step.netns) last.steps.push(step);
    else runs.push({ netns: step.netns, steps: [step] });
  }
  return runs.map(({ netns, steps }) => ({
    netns,
    steps: [...steps.filter((step) => step.kind !== 'sysctl'), ...steps.filter((step) => step.kind === 'sysctl')],
  }));
}

/** A step's line. The index of the step says what is done when the line fails. */
export interface BatchLine {
  readonly stepIndex: number;
  readonly text: string;
}

export function linesOf(batch: Batch, podNetns: string | undefined): readonly BatchLine[] {
  return batch.steps.flatMap((step, stepIndex) => toLines(step, podNetns).map((text) => ({ stepIndex, text })));
}

export function sysctlsOf(batch: Batch): readonly SysctlStep[] {
  return batch.steps.filter((step) => step.kind === 'sysctl');
}

/** How many processes a plan starts when nothing is in its way: the price of an ADD. */
export function processCount(plan: Plan): number {
  return batches(plan).filter((batch) => linesOf(batch, plan.podNetns).length > 0).length;
}

/** Reads what `ip -batch -` writes to stderr: a text, then `Command failed -:LINE`, once or (with -force) often. */
export function readFailures(stderr: string): readonly LineFailure[] {
  const failures: LineFailure[] = [];
  let said: string[] = [];
  for (const row of stderr.split('\n').map((text) => text.trim())) {
    const number = /^Command failed -:(\d+)$/.exec(row)?.[1];
    if (number === undefined) {
      if (row !== '') said.push(row);
      continue;
    }
    failures.push({ index: Number(number) - 1, kernelText: said.join(' ') });
    said = [];
  }
  return said.length === 0 ? failures : [...failures, { index: undefined, kernelText: said.join(' ') }];
}
