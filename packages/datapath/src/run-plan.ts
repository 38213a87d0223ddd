import { type Batch, batches, linesOf, sysctlsOf } from './batch.js';
import { DatapathError } from './errors.js';
import type { Kernel, Netns } from './kernel.js';
import { refusalOf } from './refusal.js';
import type { Plan, Step, VethStep } from './step.js';
import { isGone, toUndoLines, type Undo, undo } from './undo.js';
import { judgeVethConflict } from './veth-conflict.js';

/** The contract is `Runner.run`'s. The signal is looked at between batches. */
export async function runPlan(plan: Plan, kernel: Kernel, hostNetns: Netns, signal?: AbortSignal): Promise<void> {
  const run = new PlanRun(plan, kernel, hostNetns);
  try {
    for (const batch of batches(plan)) {
      signal?.throwIfAborted();
      await run.carryOut(batch);
    }
  } catch (error) {
    throw await run.rollBack(error);
  }
}

/** The contract is `Runner.undo`'s. */
export async function runUndo(way: Undo, kernel: Kernel, hostNetns: Netns): Promise<void> {
  const lines = toUndoLines(way);
  if (lines.length === 0) return;
  const failures = await kernel.batch(hostNetns, lines, 'continue');
  const real = failures.find(({ kernelText }) => !isGone(kernelText));
  if (real !== undefined) throw refusalOf(real.kernelText, lines[real.index ?? -1]);
}

class PlanRun {
  private readonly done: Step[] = [];
  /** The pair was there before, so what hangs on it is in use: a failure must not tear it down. */
  private foundPair = false;
  private replacedHostEnd = false;

  constructor(
    private readonly plan: Plan,
    private readonly kernel: Kernel,
    private readonly hostNetns: Netns,
  ) {}

  async carryOut(batch: Batch): Promise<void> {
    const netns = batch.netns === 'pod' ? this.plan.podNetns : this.hostNetns;
    let lines = linesOf(batch, this.plan.podNetns);
    while (lines.length > 0) {
      const texts = lines.map(({ text }) => text);
      const [failure] = await this.kernel.batch(netns, texts, 'stop');
      if (failure === undefined) break;
      const failed = lines[failure.index ?? -1];
      const step = batch.steps[failed?.stepIndex ?? -1];
      if (step?.kind !== 'veth' || !failure.kernelText.includes('File exists')) {
        const refusal = refusalOf(failure.kernelText, failed?.text);
        this.done.push(...possiblyDone(batch, failed?.stepIndex, refusal));
        throw refusal;
      }
      const settled = await this.settle(step);
      lines = lines.slice((failure.index ?? 0) + (settled === 'already-ours' ? 1 : 0));
    }
    this.done.push(...batch.steps);
    await this.kernel.writeSysctls(netns, sysctlsOf(batch));
  }

  private async settle(step: VethStep): Promise<'already-ours' | 'freed'> {
    const { kernel, hostNetns, plan } = this;
    const [host, pod] = await Promise.all([kernel.observe(hostNetns), kernel.observe(plan.podNetns)]);
    if (judgeVethConflict(step, { host, pod }) === 'already-ours') {
      this.foundPair = true;
      return 'already-ours';
    }
    if (this.replacedHostEnd) {
      throw new DatapathError('interface-name-taken', `link ${step.dev}: expected to be its only maker, it came back`);
    }
    this.replacedHostEnd = true;
    await runUndo({ removals: [], doomedLinks: [step.dev] }, kernel, hostNetns);
    return 'freed';
  }

  /** Not under the caller's signal: an ADD that ran out of time must leave nothing either. Gives back what to throw. */
  async rollBack(cause: unknown): Promise<unknown> {
    if (this.foundPair) return cause;
    const way = undo({ ...this.plan, steps: this.done });
    return runUndo(way, this.kernel, this.hostNetns).then(
      () => cause,
      (error: unknown) => bothFailed(cause, error),
    );
  }
}

/**
 * The failing step counts, unless it is the pair that could not be made: a rule is two lines. Without a line
 * to blame everything may be done, unless there was no namespace to do it in.
 */
function possiblyDone(batch: Batch, failedIndex: number | undefined, { reason }: DatapathError): readonly Step[] {
  if (failedIndex === undefined) return reason === 'netns-missing' ? [] : batch.steps;
  return batch.steps.filter((step, index) => index < failedIndex || (index === failedIndex && step.kind !== 'veth'));
}

/** Keeps the reason of what failed first: it says what to do about it. */
function bothFailed(cause: unknown, undoing: unknown): unknown {
  if (!(cause instanceof DatapathError && undoing instanceof Error)) return cause;
  const { reason, message, line, kernelText } = cause;
  return new DatapathError(reason, `${message}; its way back failed too: ${undoing.message}`, {
    ...(line === undefined ? {} : { line }),
    ...(kernelText === undefined ? {} : { kernelText }),
    cause: new AggregateError([cause, undoing]),
  });
}
