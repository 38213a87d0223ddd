import { createHash } from 'node:crypto';
import { LabError } from '../lab-error.js';
import type { RunCommand } from '../run/command.js';
import { netnsPath } from '../run/in-netns.js';
import { createNetns, removeNetns } from '../run/netns.js';
import { cniAdd, cniDel, type CniRuntime, type Sandbox } from './cni-runtime.js';

/** A pod of the lab: a namespace that the CNI plugin has wired, with nothing running in it. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly netns: string;
  /** Without its mask. */
  readonly ip: string;
  readonly sandbox: Sandbox;
  /** Result of ADD, as a runtime keeps it for DEL. */
  readonly result: unknown;
}

export interface PodSpec {
  readonly namespace: string;
  readonly name: string;
  /** Namespace to make for it. */
  readonly netns: string;
}

/** Makes a sandbox and has it wired. When that fails, the sandbox is gone again. @throws CniError, LabError */
export async function createPod(runtime: CniRuntime, spec: PodSpec, run: RunCommand): Promise<Pod> {
  const sandbox = sandboxOf(spec);
  await createNetns(spec.netns, run);
  try {
    const result = await cniAdd(runtime, sandbox, run);
    return { ...spec, sandbox, result, ip: podIp(result) };
  } catch (error) {
    await removeSandbox(runtime, { sandbox, netns: spec.netns, result: undefined }, run).catch(() => undefined);
    throw error;
  }
}

/** DEL, then the namespace, then DEL again without it: what containerd does when a pod ends. @throws CniError */
export async function removePod(runtime: CniRuntime, pod: Pod, run: RunCommand): Promise<void> {
  await removeSandbox(runtime, pod, run);
  await cniDel(runtime, { ...pod.sandbox, netnsPath: '' }, undefined, run);
}

async function removeSandbox(
  runtime: CniRuntime,
  { sandbox, netns, result }: Pick<Pod, 'sandbox' | 'netns' | 'result'>,
  run: RunCommand,
): Promise<void> {
  try {
    await cniDel(runtime, sandbox, result, run);
  } finally {
    await removeNetns(netns, run);
  }
}

/** The address of eth0. @throws LabError `unexpected-output` when the result has none */
export function podIp(result: unknown): string {
  const [first] = (result as { ips?: { address?: string }[] }).ips ?? [];
  const ip = first?.address?.split('/')[0];
  if (ip !== undefined) return ip;
  throw new LabError(
    'unexpected-output',
    `ADD: expected ips[0].address, got '${JSON.stringify(result).slice(0, 200)}'`,
  );
}

/** Ids in the form of containerd's and Kubernetes', the same for the same namespace name. */
function sandboxOf({ namespace, name, netns }: PodSpec): Sandbox {
  const id = createHash('sha256').update(`${netns}/${namespace}/${name}`).digest('hex');
  const parts = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)];
  return {
    containerId: id,
    netnsPath: netnsPath(netns),
    ifName: 'eth0',
    podNamespace: namespace,
    podName: name,
    podUid: parts.join('-'),
  };
}
