import { DatapathError } from './errors.js';
import type { Kernel, Netns } from './kernel.js';
import type { Runner } from './port.js';
import { runPlan, runUndo } from './run-plan.js';

/** The runner of a kernel; `hostNetns` is the namespace that is the node's. */
export function runnerOn(kernel: Kernel, hostNetns: Netns): Runner {
  return {
    run: (plan, signal) => runPlan(plan, kernel, hostNetns, signal),
    undo: (way) => runUndo(way, kernel, hostNetns),
    observe: async (podNetns) => {
      const [host, pod] = await Promise.all([
        kernel.observe(hostNetns),
        podNetns === undefined ? undefined : kernel.observe(podNetns).catch(undefinedWhenMissing),
      ]);
      return { host, pod };
    },
  };
}

function undefinedWhenMissing(error: unknown): undefined {
  if (error instanceof DatapathError && error.reason === 'netns-missing') return undefined;
  throw error;
}
