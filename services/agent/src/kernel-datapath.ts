import { stat, statfs } from 'node:fs/promises';
import {
  describeStep,
  diff,
  findLeftovers,
  type Plan,
  planHost,
  planPolicyRoute,
  type Runner,
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
    missing: async (attachment) => {
      const plan = planPolicyRoute(attachment);
      return diff(plan, await runner.observe(plan.podNetns)).missing.map(describeStep);
    },
    repair: (attachment) => repair(planPolicyRoute(attachment), runner),
    forgetVanished: (known) => forgetVanished(known, runner),
  };
}

async function repair(plan: Plan, runner: Runner): Promise<void> {
  const { missing, stale } = diff(plan, await runner.observe(plan.podNetns));
  if (stale.length > 0) await runner.undo({ removals: stale, doomedLinks: [] });
  if (missing.length > 0) await runner.run({ podNetns: plan.podNetns, steps: missing });
}

async function forgetVanished(known: () => ReadonlySet<string>, runner: Runner): Promise<readonly string[]> {
  const facts = await runner.observe();
  const { addresses, hostInterfaces } = toKernelView(facts);
  const leading = new Set(addresses.filter(({ hostInterface }) => hostInterface !== undefined).map(({ ip }) => ip));
  const alive = { ips: known(), hostIfNames: new Set(hostInterfaces) };
  const removed = new Set<string>();
  for (const { wired, undo: way } of findLeftovers(facts.host, alive)) {
    if (wired === undefined || leading.has(wired.ip) || known().has(wired.ip)) continue;
    await runner.undo(way);
    removed.add(wired.ip);
  }
  return [...removed];
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
