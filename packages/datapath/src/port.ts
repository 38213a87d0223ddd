import type { KernelFacts } from './facts.js';
import type { Plan } from './step.js';
import type { Undo } from './undo.js';

/** Makes the kernel hold, or no longer hold, what plans say. Every call may be repeated. */
export interface Runner {
  /**
   * Brings a plan about. When it fails half way, what this call did for the pod is undone before it throws.
   * A pair that is there already is kept; a left-over host end of ours is replaced.
   * @throws DatapathError `netns-missing`, `link-missing`, `interface-name-taken`, `kernel-refused`
   */
  run(plan: Plan, signal?: AbortSignal): Promise<void>;
  /** What is gone already is success. @throws DatapathError `kernel-refused` */
  undo(undo: Undo): Promise<void>;
  /**
   * Facts of the host, and of one pod when its namespace is named.
   * A namespace that is gone is no error. @throws DatapathError `kernel-refused`
   */
  observe(podNetns?: string): Promise<KernelFacts>;
}
