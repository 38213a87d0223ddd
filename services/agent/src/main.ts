import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bindService, createClient, grpcServer, targetOf } from '@terway/api';
import { createIpRunner } from '@terway/datapath';
import { createLogger, errorText, type Component, periodic, runProgram, type SettingsOf } from '@terway/runtime';
import { adminServer, createMetrics, injectTrace, tracing } from '@terway/telemetry';
import { AddressLedger } from './address-ledger.js';
import { agentHandlers } from './agent-service.js';
import { answerCalls } from './answer-calls.js';
import { systemClock } from './clock.js';
import { cniServer } from './cni-server.js';
import { agentSettings } from './config.js';
import { reconcileDrift } from './drift-reconciler.js';
import { grpcIpamClient } from './grpc-ipam-client.js';
import { IpamSession } from './ipam-session.js';
import { FileJournal } from './journal/file-journal.js';
import { kernelDatapath } from './kernel-datapath.js';
import { KeyedLock } from './keyed-lock.js';
import { LeaseKeeper } from './lease-keeper.js';
import { linkMonitor } from './link-monitor.js';
import { agentMetrics } from './metrics.js';
import { learnNodeInfo } from './node-info.js';
import { pluginCalls } from './agent-calls.js';
import { ReleaseSpool } from './release-spool.js';
import { SandboxTurns } from './sandbox-turns.js';
import { statementSource } from './statement.js';

const program = { name: 'terway-agent', describe: 'Wires pods of this node with addresses of the VPC' };

/** Time between two tries while the IPAM service does not answer. */
const retryMs = 1_000;

async function build(settings: SettingsOf<typeof agentSettings>, stopping: AbortSignal): Promise<Component[]> {
  const { logLevel: level, logFormat: format, callTimeoutMs, addTimeoutMs } = settings;
  const log = createLogger({ level, format, nowMs: Date.now, write: (line) => void process.stdout.write(line) });
  const node = await learnNodeInfo(settings, log, stopping);
  const clock = systemClock();
  const metrics = createMetrics({ processMetrics: true });

  await mkdir(dirname(settings.socket), { recursive: true });
  const { journal, corrupt } = await FileJournal.open(join(settings.stateDir, 'journal'));
  for (const file of corrupt) log.error('journal file could not be read and is put aside', { file });
  const datapath = kernelDatapath(createIpRunner());
  const ledger = new AddressLedger(journal, clock, settings.cooldownMs);
  const wire = createClient('terway.ipam.v1.IpamService', targetOf(settings.ipam), injectTrace);
  const session = new IpamSession(
    { instanceId: node.instanceId, nodeName: node.nodeName, openDeadlineMs: callTimeoutMs, pauseMs: retryMs },
    {
      client: grpcIpamClient(wire, node.instanceId),
      journal,
      ledger,
      statement: statementSource({ journal, ledger, datapath }),
      log,
      monotonicMs: clock.monotonicMs,
    },
  );
  const spool = new ReleaseSpool({ session, journal, ledger }, callTimeoutMs);
  const turns = new SandboxTurns();
  const links = new KeyedLock();
  const keeper = new LeaseKeeper(
    { session, ledger, spool, datapath, log },
    { renewMs: settings.renewMs, deadlineMs: callTimeoutMs, retryMs },
  );
  const attributes = { hostIp: node.nodeIp, mtu: settings.mtu };
  const calls = pluginCalls({
    ...{ session, ledger, datapath, journal, spool, turns, links, clock, log, addTimeoutMs },
    node: () => ({ ...attributes, extraRoutes: session.extraRoutes }),
    agentSeq: () => session.agentSeq,
    newId: randomUUID,
    keeper,
  });
  const observe = agentMetrics(metrics, { journal, session, ledger });
  const drift = { journal, ledger, datapath, spool, turns, links, clock, log };

  return [
    tracing({ serviceName: program.name, attributes: { 'host.id': node.instanceId }, env: process.env }),
    adminServer({
      name: 'admin-server',
      at: { host: settings.httpHost ?? node.nodeIp, port: settings.httpPort },
      metrics,
      live: [],
      ready: [{ name: 'addresses', problem: () => whyOnItsOwn(session, ledger) }],
    }),
    // stops after everything that may still tell the centre what was let go
    { name: 'ipam-client', start: async () => undefined, stop: async () => wire.close() },
    { name: 'host-forwarding', start: () => datapath.prepareHost(), stop: async () => undefined },
    periodic({
      name: 'drift-reconciler',
      intervalMs: settings.driftMs,
      task: (signal) => reconcileDrift(drift, signal),
      report: (error) => log.error('journal and kernel could not be compared', { error: errorText(error) }),
    }),
    keeper,
    linkMonitor({ onChange: () => keeper.wake(), log }),
    grpcServer({
      name: 'agent-service',
      services: [bindService('terway.agent.v1.AgentService', agentHandlers({ node, journal, session, ledger }))],
      at: { socketPath: settings.socket },
      drainMs: 1_000,
      report: (error) => log.error('a call of a tool failed', { error: errorText(error) }),
      nowMs: Date.now,
    }),
    cniServer(settings.cniSocket, answerCalls({ calls, keeper, session, observe, log, clock, addTimeoutMs, stopping })),
    {
      name: 'announcement',
      start: async () =>
        log.info('agent is ready', { instance: node.instanceId, node: node.nodeName, cni: settings.cniSocket }),
      stop: async () => undefined,
    },
  ];
}

/** An empty pool that the centre fills is no reason to be taken out of service; nothing to give without it is. */
function whyOnItsOwn(session: IpamSession, ledger: AddressLedger): string | undefined {
  if (session.online || ledger.offlineReserve() > 0) return undefined;
  return `the IPAM service does not answer (${session.lastRefusal || 'no answer yet'}), and no address is left without it`;
}

void runProgram(program, agentSettings, build);
