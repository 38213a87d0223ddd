import type { IpamHandlers } from '@terway/api';
import { IpamRefusal } from '@terway/ipam-core';
import { accepted } from '../accepted.js';
import type { Authenticate } from '../node-identity.js';
import type { InstanceLimits } from '../refill/instance-limits.js';
import type { NodeStore } from '../store/node-store.js';
import { parseFence } from './parse.js';

/** What every agent is told at the start of its session. */
export interface AgentSettings {
  readonly cooldownMs: number;
  readonly extraRoutes: readonly string[];
  readonly serviceCidrs: readonly string[];
}

export interface OpenParts {
  readonly store: NodeStore;
  readonly authenticate: Authenticate;
  readonly instances: Pick<InstanceLimits, 'of'>;
  readonly agentSettings: () => AgentSettings;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly wakeRefill: (nodeId: string) => void;
  /** How long the cloud may think of whether the instance exists; 1500 ms, well inside the caller's deadline. */
  readonly questionMs?: number;
}

/** A new session; an instance that the cloud does not know gets no record. */
export function openHandler(parts: OpenParts): IpamHandlers['open'] {
  const { store, authenticate, agentSettings, nowMs, newId, wakeRefill } = parts;
  return async (request, call) => {
    const { instanceId, fence } = parseFence(request.fence);
    const nodeId = authenticate(call, instanceId);
    if ((await store.read(nodeId)) === undefined) await requireInstance(nodeId, parts, call.signal);
    call.signal.throwIfAborted();
    const made = { newSession: newId(), newGeneration: newId() };
    const command = { kind: 'open', nodeId, nodeName: request.nodeName, fence, ...made } as const;
    const opened = accepted(await store.apply<'open'>(nodeId, command, nowMs()));
    wakeRefill(nodeId);
    const { cooldownMs, extraRoutes, serviceCidrs } = agentSettings();
    const settings = { cooldownMs, extraRoutes: [...extraRoutes], serviceCidrs: [...serviceCidrs] };
    return { ...opened, settings };
  };
}

/** A cloud that does not answer is no reason to turn a node away: the refill asks again. */
async function requireInstance(nodeId: string, parts: OpenParts, signal: AbortSignal): Promise<void> {
  const { instances, questionMs = 1_500 } = parts;
  const answer = await instances.of(nodeId, AbortSignal.any([signal, AbortSignal.timeout(questionMs)]));
  if (answer.kind !== 'unknown-instance') return;
  const details = { instance_id: nodeId };
  throw new IpamRefusal('node-unknown', `the cloud knows no instance ${nodeId}`, { retryAfterMs: 10_000, details });
}
