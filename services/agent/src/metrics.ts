import type { Metrics } from '@terway/telemetry';
import type { AddressLedger } from './address-ledger.js';
import type { CniCall } from './cni/dispatch.js';
import type { IpamSession } from './ipam-session.js';
import { isAttached, type Journal } from './journal/journal.js';

export interface AgentMetricSources {
  readonly journal: Journal;
  readonly session: IpamSession;
  readonly ledger: AddressLedger;
}

const verbs = ['ADD', 'DEL', 'CHECK', 'GC', 'STATUS', 'VERSION'];

/** Declares what Prometheus sees of an agent; answers how a call of the runtime is counted. */
export function agentMetrics(
  metrics: Metrics,
  { journal, session, ledger }: AgentMetricSources,
): (call: CniCall, durationMs: number) => void {
  metrics.gauge({
    name: 'terway_agent_pods',
    help: 'Pods with an address of this node.',
    collect: (gauge) => gauge.set(journal.entries().filter(isAttached).length),
  });
  metrics.gauge({
    name: 'terway_agent_offline_reserve',
    help: 'Addresses that pods can start on without the IPAM service.',
    collect: (gauge) => gauge.set(ledger.offlineReserve()),
  });
  metrics.gauge({
    name: 'terway_agent_online',
    help: '1 while the IPAM service answers, else 0.',
    collect: (gauge) => gauge.set(session.online ? 1 : 0),
  });
  const durations = metrics.histogram({
    name: 'terway_agent_cni_duration_seconds',
    help: 'Time from the message of the CNI plugin to its answer, by verb and CNI error code (0 = success).',
    labels: ['verb', 'code'],
  });
  return ({ command, error }, durationMs) => {
    const verb = verbs.includes(command) ? command : 'other';
    durations.observe({ verb, code: String(error?.code ?? 0) }, durationMs / 1_000);
  };
}
