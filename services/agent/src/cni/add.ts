import { CniError, cniCode } from './errors.js';
import { describeAttached, type PluginCalls } from './plugin-calls.js';
import type { AddRequest } from './request.js';
import { renderResult } from './result.js';

/** @throws CniError 8, when CNI_NETNS is no namespace of a pod; what attaching throws */
export async function add(
  request: AddRequest,
  calls: Pick<PluginCalls, 'attach' | 'netnsKind'>,
  signal: AbortSignal,
): Promise<string> {
  const { owner, pod, netns, cniVersion, previous, dns } = request;
  await requireSandbox(netns, calls);
  const entry = await calls.attach({ owner, pod, netns }, signal);
  return renderResult(cniVersion, describeAttached(entry), previous, dns);
}

async function requireSandbox(netns: string, calls: Pick<PluginCalls, 'netnsKind'>): Promise<void> {
  const kind = await calls.netnsKind(netns);
  if (kind === 'sandbox') return;
  const got = { host: 'the namespace of the node itself', missing: 'nothing', 'not-a-namespace': 'another file' }[kind];
  throw new CniError(
    cniCode.invalidNetns,
    `CNI_NETNS: expected the network namespace of a pod at ${netns}, got ${got}`,
  );
}
