import { randomBytes } from 'node:crypto';
import { bindService, grpcServer, outcomeOf } from '@terway/api';
import { observedCloud, staticCredentials, type CredentialSource } from '@terway/cloud';
import { AlibabaCloud } from '@terway/cloud/alibaba-cloud';
import { endpointsOf } from '@terway/cloud/alibaba-endpoints';
import { fileCredentials } from '@terway/cloud/file-credentials';
import { defaultTimes } from '@terway/ipam-core';
import {
  createLogger,
  errorText,
  type Component,
  type Logger,
  periodic,
  runProgram,
  type SettingsOf,
} from '@terway/runtime';
import { adminServer, createMetrics, observeCalls, tracing } from '@terway/telemetry';
import { Allocator } from './allocator.js';
import { Census } from './census.js';
import { ChangeSignal } from './change-signal.js';
import { ipamSettings } from './config.js';
import { EniConfFile } from './eni-conf-file.js';
import { ipamHandlers } from './handlers/ipam.js';
import { opsHandlers } from './handlers/ops.js';
import { cloudMetrics, countedAllocator, refillMetrics, stateMetrics, storeMetrics } from './metrics.js';
import { insecureIdentity, noIdentity } from './node-identity.js';
import { observedStore } from './observed-store.js';
import { EniCollector } from './refill/eni-collector.js';
import { InstanceLimits } from './refill/instance-limits.js';
import { PoolReconciler } from './refill/pool-reconciler.js';
import type { RefillConfig } from './refill/refill-config.js';
import { VSwitchBook } from './refill/vswitch-book.js';
import { openStore } from './store/open-store.js';
import { SyncAdmission } from './sync-admission.js';
import { VSwitchFullLog } from './vswitch-full-log.js';

type Settings = SettingsOf<typeof ipamSettings>;

const program = { name: 'terway-ipam', describe: 'Manages the VPC addresses of all nodes of a cluster' };
const { now: nowMs } = Date;
const monotonicMs = (): number => performance.now();
const newId = (): string => randomBytes(16).toString('hex');
/** A restart of all agents at once becomes a queue. */
const syncsAtOnce = 16;
/** How long an Allocate waits whose caller names no deadline. */
const allocateMs = 20_000;
/** ENIs that nobody wants are looked for this often. */
const collectMs = 30_000;

async function build(settings: Settings, stopping: AbortSignal): Promise<Component[]> {
  const { logLevel: level, logFormat: format, clusterId, cooldownMs, drainMs, host } = settings;
  const log = createLogger({ level, format, nowMs, write: (line) => void process.stdout.write(line) });
  const times = { ...defaultTimes, cooldownMs };
  const vendorCloud = cloudOf(settings);
  const eniConf = await EniConfFile.open(settings.eniConf, log);
  const fail = (error: unknown): void => endProcess(log, error);
  const store = await openStore(settings.store, { clusterId, times, nowMs, newId, log, fail });

  const metrics = createMetrics({ processMetrics: true });
  const census = new Census();
  const changes = new ChangeSignal();
  const fullLog = new VSwitchFullLog(log, nowMs);
  const nodeStore = observedStore(store.nodeStore, storeMetrics(metrics), monotonicMs);
  const cloud = observedCloud(vendorCloud, cloudMetrics(metrics), monotonicMs);
  const book = new VSwitchBook(cloud, store.vSwitchLedger, { nowMs, random01: Math.random });
  stateMetrics(metrics, census, book);

  const limits = new InstanceLimits(cloud);
  const reconciler = new PoolReconciler({
    ...{ store: nodeStore, limits, cloud, ledger: store.vSwitchLedger, book, times, nowMs, monotonicMs, newId, log },
    random01: Math.random,
    config: () => refillConfig(settings, eniConf),
    vSwitchFull: (node, vSwitchId, refusal) => fullLog.note(node, vSwitchId, refusal),
    settled: refillMetrics(metrics),
    observed: (record) => census.note(record),
    onChange: (nodeId) => changes.notify(nodeId),
  });
  const wakeRefill = (nodeId: string): void => reconciler.wake(nodeId);
  const { boundMs } = times;
  const collector = new EniCollector({ cloud, store: nodeStore, clusterId, boundMs, nowMs, log });
  const handlers = ipamHandlers({
    ...{ store: nodeStore, nowMs, newId, wakeRefill, allocateMs },
    instances: limits,
    syncs: new SyncAdmission(syncsAtOnce),
    authenticate: settings.insecureNodeIdentity ? insecureIdentity : noIdentity,
    allocator: countedAllocator(
      new Allocator({ store: nodeStore, changes, wakeRefill, nowMs, random01: Math.random }),
      metrics,
    ),
    agentSettings: () => {
      const { extraRoutes, serviceCidrs } = eniConf.current;
      return { cooldownMs, extraRoutes, serviceCidrs };
    },
  });
  const observe = observeCalls({ metrics, part: 'ipam', outcomeOf, nowMs: monotonicMs });
  const rpc = grpcServer({
    name: 'rpc-server',
    services: [
      bindService('terway.ipam.v1.IpamService', handlers, [observe]),
      bindService('terway.ops.v1.OpsService', opsHandlers({ store: nodeStore, book, nowMs }), [observe]),
    ],
    at: { host, port: settings.rpcPort },
    drainMs,
    report: (error) => log.error('a call failed', { error: errorText(error) }),
    nowMs,
  });
  const admin = adminServer({
    name: 'admin-server',
    at: { host, port: settings.httpPort },
    metrics,
    live: [],
    ready: [{ name: 'process', problem: () => (stopping.aborted ? 'is about to stop' : undefined) }],
  });
  return [
    tracing({ serviceName: program.name, env: process.env }),
    { name: 'store', start: async () => undefined, stop: () => store.close() },
    admin,
    eniConf.watching(),
    reconciler,
    periodic({
      name: 'eni-collector',
      intervalMs: collectMs,
      task: (signal) => collector.collect(signal),
      report: (error) => log.warn('ENIs of nobody could not be looked for', { error: errorText(error) }),
    }),
    rpc,
    announcement(log, settings, { rpc: () => rpc.port(), http: () => admin.port() }),
  ];
}

function refillConfig({ clusterId, offlineReserve }: Settings, file: EniConfFile): RefillConfig {
  const { vSwitches, securityGroupIds, poolPolicy, eniTags, resourceGroupId } = file.current;
  return {
    ...{ clusterId, securityGroupIds, eniTags },
    vSwitchIdsOf: (zoneId) => vSwitches[zoneId] ?? [],
    poolPolicy: { ...poolPolicy, offlineReserve },
    ...(resourceGroupId === undefined ? {} : { resourceGroupId }),
  };
}

function cloudOf(settings: Settings): AlibabaCloud {
  const { region: regionId, cloudEndpoint } = settings;
  const endpoints = endpointsOf({ regionId, ...(cloudEndpoint === undefined ? {} : { cloudEndpoint }) });
  return new AlibabaCloud({
    regionId,
    nowMs,
    endpoints,
    credentials: credentialsOf(settings),
    userAgent: program.name,
  });
}

function credentialsOf({ accessKeyId, accessKeySecret, credentialsFile }: Settings): CredentialSource {
  if (accessKeyId !== undefined && accessKeySecret !== undefined)
    return staticCredentials({ accessKeyId, accessKeySecret });
  if (credentialsFile !== undefined) return fileCredentials(credentialsFile);
  throw new Error('credentials: expected --credentials-file, or --access-key-id and its secret, got neither');
}

function announcement(
  log: Logger,
  { insecureNodeIdentity, store }: Settings,
  ports: { readonly rpc: () => number; readonly http: () => number },
): Component {
  return {
    name: 'announcement',
    start: async () => {
      if (!insecureNodeIdentity) {
        log.warn('every agent is refused: no way to identify nodes is configured; see --insecure-node-identity');
      }
      log.info('IPAM service is ready', {
        rpc: ports.rpc(),
        http: ports.http(),
        store: store.replace(/\/\/[^@/]*@/, '//'),
      });
    },
    stop: async () => undefined,
  };
}

/** Nobody knows what is on disk: an answer given now could be a lie. */
function endProcess(log: Logger, error: unknown): void {
  log.error('the store could not be written; the service ends', { error: errorText(error) });
  process.exit(1);
}

void runProgram(program, ipamSettings, build);
