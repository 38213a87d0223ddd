import { stat, statfs } from 'node:fs/promises';
import {
  diff,
  fromPodPriority,
  type Plan,
  planHost,
  planPolicyRoute,
  type Runner,
  toPodPriority,
  undo,
} from '@terway/datapath';
import { toKernelView } from './kernel-view.js';
import type { NetnsKind, PodDatapath } from './pod-datapath.js';

/** Magic number of the kernel's namespace file system, statfs(2). */
const nsfs = 0x6e736673;

/** @param hostNetns path of the network namespace that is the node's; this process's own when absent */
export function kernelDatapath(runner: Runner, hostNetns = '/proc/self/ns/net'): PodDatapath {
  return {
    netnsKind: (path) => netnsKind(path, hostNetns),
    prepareHost: async () => {
      const { host } = await runner.observe();
      await runner.run({ podNetns: undefined, steps: planHost(host.links.map(({ dev }) => dev)) });
    },
    observe: async () => toKernelView(await runner.observe()),
    attach: (attachment) => runner.run(planPolicyRoute(attachment)),
    detach: (attachment) => runner.undo(undo(planPolicyRoute(attachment))),
    missing: async (attachment) => describeMissing(planPolicyRoute(attachment), runner),
    forget: ({ ip }) =>
      runner.undo({
        removals: [
          { kind: 'no-rule', match: 'to', prefix: `${ip}/32`, priority: toPodPriority },
          { kind: 'no-rule', match: 'from', prefix: `${ip}/32`, priority: fromPodPriority },
        ],
        doomedLinks: [],
      }),
  };
}

async function netnsKind(path: string, hostNetns: string): Promise<NetnsKind> {
  try {
    const [file, host, { type }] = await Promise.all([stat(path), stat(hostNetns), statfs(path)]);
    if (type !== nsfs) return 'not-a-namespace';
    return file.ino === host.ino && file.dev === host.dev ? 'host' : 'sandbox';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return 'missing';
    throw error;
  }
}

async function describeMissing(plan: Plan, runner: Runner): Promise<readonly string[]> {
  const { missing } = diff(plan, await runner.observe(plan.podNetns));
  return missing.map(({ netns, kind, ...rest }) => `${netns} ${kind} ${JSON.stringify(rest)}`);
}
