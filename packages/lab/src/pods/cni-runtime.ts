import { join } from 'node:path';
import { LabError } from '../lab-error.js';
import { type Ended, type RunCommand } from '../run/command.js';
import { inNetns } from '../run/in-netns.js';
import { type NetworkList, pluginInput, type RuntimeConfig } from './cni-config.js';

/** The container runtime of one node. */
export interface CniRuntime {
  /** Namespace of the node, in which plugins run. */
  readonly nodeNetns: string;
  readonly binDir: string;
  readonly list: NetworkList;
}

/** One sandbox, as its runtime names it to plugins. */
export interface Sandbox {
  readonly containerId: string;
  /** Path of its namespace; empty once that is gone. */
  readonly netnsPath: string;
  readonly ifName: string;
  readonly podNamespace: string;
  readonly podName: string;
  readonly podUid: string;
  readonly runtimeConfig?: RuntimeConfig;
}

/** A plugin said no, in the words of the CNI specification, section 5. */
export class CniError extends LabError {
  constructor(
    readonly code: number,
    readonly msg: string,
    readonly details: string,
  ) {
    super('cni-refused', `CNI error ${code}: ${msg}${details === '' ? '' : ` (${details})`}`);
  }
}

/** ADD of every plugin in order. Returns the last result. @throws CniError */
export async function cniAdd(runtime: CniRuntime, sandbox: Sandbox, run: RunCommand): Promise<unknown> {
  let prevResult: unknown;
  for (const plugin of runtime.list.plugins) {
    const input = pluginInput(runtime.list, plugin, { ...sandbox, prevResult });
    prevResult = await execPlugin(runtime, { command: 'ADD', type: plugin.type, sandbox, input }, run);
  }
  return prevResult;
}

/** DEL of every plugin in reverse order; `prevResult` is absent when the runtime has forgotten it. @throws CniError */
export async function cniDel(
  runtime: CniRuntime,
  sandbox: Sandbox,
  prevResult: unknown,
  run: RunCommand,
): Promise<void> {
  for (const plugin of runtime.list.plugins.toReversed()) {
    const input = pluginInput(runtime.list, plugin, { ...sandbox, prevResult });
    await execPlugin(runtime, { command: 'DEL', type: plugin.type, sandbox, input }, run);
  }
}

interface Call {
  readonly command: 'ADD' | 'DEL';
  readonly type: string;
  readonly sandbox: Sandbox;
  readonly input: string;
}

/** A runtime waits long: the bound of containerd's sandbox calls is minutes. */
const execTimeoutMs = 120_000;

async function execPlugin(runtime: CniRuntime, call: Call, run: RunCommand): Promise<unknown> {
  const { sandbox } = call;
  const ended = await run(
    inNetns(runtime.nodeNetns, {
      program: join(runtime.binDir, call.type),
      args: [],
      stdin: call.input,
      env: {
        CNI_COMMAND: call.command,
        CNI_CONTAINERID: sandbox.containerId,
        CNI_NETNS: sandbox.netnsPath,
        CNI_IFNAME: sandbox.ifName,
        CNI_PATH: runtime.binDir,
        CNI_ARGS: cniArgs(sandbox),
      },
      timeoutMs: execTimeoutMs,
    }),
  );
  return ended.code === 0 ? resultOf(ended.stdout, call.command) : fail(ended);
}

function cniArgs(sandbox: Sandbox): string {
  return [
    'IgnoreUnknown=1',
    `K8S_POD_NAMESPACE=${sandbox.podNamespace}`,
    `K8S_POD_NAME=${sandbox.podName}`,
    `K8S_POD_INFRA_CONTAINER_ID=${sandbox.containerId}`,
    `K8S_POD_UID=${sandbox.podUid}`,
  ].join(';');
}

function resultOf(stdout: string, command: string): unknown {
  if (command !== 'ADD') return undefined;
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new LabError('unexpected-output', `ADD: expected a CNI result, got '${stdout.slice(0, 200)}'`, { cause });
  }
}

function fail({ code, stdout, stderr }: Ended): never {
  let error: { code?: number; msg?: string; details?: string };
  try {
    error = JSON.parse(stdout) as typeof error;
  } catch {
    const said = stderr.trim() || stdout.trim() || 'nothing';
    throw new LabError('unexpected-output', `the plugin exited ${code ?? 'by a signal'} and printed: ${said}`);
  }
  throw new CniError(error.code ?? -1, error.msg ?? '', error.details ?? '');
}
