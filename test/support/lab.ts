import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '@terway/api';
import {
  claimFolders,
  createPod,
  defaultStateDir,
  type Lab,
  labNames,
  type LabOptions,
  type LabParts,
  labRequirements,
  type LabPod,
  mustRun,
  prepareMachine,
  removeNetns,
  runCommand,
  type RunningNode,
  silentProgress,
  startLab,
  Teardown,
} from '@terway/lab';

/** A lab of a test's own: a calm cloud, any free ports, a run that no other process has. */
export interface TestLab extends Lab {
  readonly parts: LabParts;
  /** All that a process of the lab has printed: `ipam`, `agent-n1`, ... */
  logOf(name: string): Promise<string>;
  /** Removes all of it; the second time there is nothing left to do. */
  remove(): Promise<void>;
}

const freePorts = { openApi: 0, metadata: 0, control: 0, rpc: 0, http: 0 };

/** One lab at a time; when it cannot be started, nothing of it is left. */
export async function startTestLab(options: Partial<LabOptions> = {}): Promise<TestLab> {
  const run = `e${process.pid.toString(36)}`;
  const dataRoot = await mkdtemp(join(tmpdir(), 'terway-e2e-'));
  const teardown = new Teardown();
  teardown.add('data', () => rm(dataRoot, { recursive: true }));
  const common = { progress: silentProgress, teardown, runCommand };
  try {
    const prepared = { ...common, run, stateDir: defaultStateDir, dataRoot, requirements: labRequirements };
    await prepareMachine(prepared);
    const parts: LabParts = { ...common, folders: await claimFolders(prepared) };
    const size = { nodes: 2, podsPerNode: 4 };
    const lab = await startLab({ run, ...size, store: 'level', preset: 'calm', ports: freePorts, ...options }, parts);
    const logOf = (name: string) => readFile(join(parts.folders.dataDir, `${name}.log`), 'utf8');
    return { ...lab, parts, logOf, remove: () => teardown.run() };
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

/** One more pod, named by its label. @throws CniError */
export async function addPod(lab: TestLab, node: RunningNode, label: string): Promise<LabPod> {
  const netns = labNames(lab.run).pod(label);
  lab.parts.teardown.add(`pod ${label}`, () => removeNetns(netns, runCommand));
  const pod = await createPod(node.runtime, { namespace: 'default', name: `web-${label}`, netns }, runCommand);
  return { ...pod, node, label };
}

/** `ip → pod` of every lease in a state. */
export async function leasesIn(lab: Lab, state: string): Promise<readonly Lease[]> {
  const { leases } = await lab.ops.listLeases({ state }, { deadlineMs: 10_000 });
  return leases;
}

/** Bound addresses with their pods, as OpsService tells them, in order. */
export async function boundPods(lab: Lab): Promise<readonly string[]> {
  return (await leasesIn(lab, 'bound')).map(({ ip, podName }) => `${podName} ${ip}`).toSorted();
}

/** The same, as the pods themselves have it. */
export function wiredPods(pods: readonly LabPod[]): readonly string[] {
  return pods.map(({ name, ip }) => `${name} ${ip}`).toSorted();
}

export function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('expected at least one, got none');
  return item;
}

/** Looks until it holds, and fails with the last look when it does not hold in time. */
export async function eventually(look: () => Promise<void> | void, withinMs = 10_000): Promise<void> {
  const untilMs = performance.now() + withinMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > untilMs) throw error;
      await sleep(50);
    }
  }
}

/** Names of this machine's network namespaces. */
export async function namespaces(): Promise<readonly string[]> {
  const text = await mustRun(runCommand, { program: 'ip', args: ['netns', 'list'] });
  return text.split('\n').map((line) => line.split(' ')[0] ?? '');
}
