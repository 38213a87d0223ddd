import { bindService, createClient, grpcServer, type IpamClient, outcomeOf, targetOf } from '@terway/api';
import { MemoryCloud } from '@terway/cloud/memory-cloud';
import { defaultTimes } from '@terway/ipam-core';
import { type Component, silentLogger, sleep } from '@terway/runtime';
import { Allocator } from './allocator.js';
import { ChangeSignal } from './change-signal.js';
import { ipamHandlers } from './handlers/ipam.js';
import { insecureIdentity } from './node-identity.js';
import { InstanceLimits } from './refill/instance-limits.js';
import { PoolReconciler } from './refill/pool-reconciler.js';
import { SyncAdmission } from './sync-admission.js';
import { VSwitchBook } from './refill/vswitch-book.js';
import { openStore } from './store/open-store.js';

const nodeId = 'i-1';
const place = { zoneId: 'zone-a', vpcId: 'vpc-1', vSwitchId: 'vsw-1', securityGroupIds: ['sg-1'] };
/** The service's clock goes so much faster than the test's, the callers' deadlines do not. */
const haste = 20;

export interface TestServiceOptions {
  /** Idle addresses that the node keeps. */
  readonly idle: number;
  readonly cloudOf?: (cloud: MemoryCloud) => void;
}

/** The whole service in this process: a real server on a free port, a store and a cloud in memory. */
export async function startTestService({ idle, cloudOf = () => undefined }: TestServiceOptions) {
  const beganAtMs = Date.now();
  const nowMs = (): number => beganAtMs + (Date.now() - beganAtMs) * haste;
  let made = 0;
  const newId = (): string => `id-${(made += 1)}`;
  const log = silentLogger;
  const cloud = memoryCloud(nowMs);
  cloudOf(cloud);
  const times = defaultTimes;
  const store = await openStore('memory:', { clusterId: 'c-1', times, nowMs, newId, log, fail: () => undefined });
  const changes = new ChangeSignal();
  const random01 = (): number => 0;
  const applied: string[] = [];
  const nodeStore: typeof store.nodeStore = {
    apply: (id, command, atMs) => {
      applied.push(command.kind);
      return store.nodeStore.apply(id, command, atMs);
    },
    read: (id) => store.nodeStore.read(id),
    nodeIds: () => store.nodeStore.nodeIds(),
    close: () => store.nodeStore.close(),
  };
  const limits = new InstanceLimits(cloud);
  const reconciler = new PoolReconciler({
    ...{ store: store.nodeStore, limits, cloud, ledger: store.vSwitchLedger, times, nowMs, newId, log, random01 },
    book: new VSwitchBook(cloud, store.vSwitchLedger, { nowMs, random01 }),
    monotonicMs: () => performance.now(),
    config: () => ({
      ...{ clusterId: 'c-1', vSwitchIdsOf: () => ['vsw-1'], securityGroupIds: [], eniTags: {} },
      poolPolicy: { minIdle: idle, maxIdle: idle, offlineReserve: 0, vSwitchPolicy: 'most' },
    }),
    ...{ vSwitchFull: () => undefined, settled: () => undefined, observed: () => undefined },
    onChange: (id) => changes.notify(id),
  });
  const wakeRefill = (id: string): void => reconciler.wake(id);
  const handlers = ipamHandlers({
    ...{ store: nodeStore, nowMs, newId, wakeRefill, allocateMs: 20_000 },
    instances: limits,
    syncs: new SyncAdmission(2),
    authenticate: insecureIdentity,
    allocator: new Allocator({ store: nodeStore, changes, wakeRefill, nowMs, random01 }),
    agentSettings: () => ({ cooldownMs: 60_000, extraRoutes: ['10.8.0.0/16'], serviceCidrs: ['172.21.0.0/20'] }),
  });
  const ended: string[] = [];
  const rpc = grpcServer({
    name: 'rpc-server',
    services: [
      bindService('terway.ipam.v1.IpamService', handlers, [
        (method, handle) => async (request, context) => {
          const end = (code: string): unknown => ended.push(`${method.split('/')[1]} ${code}`);
          try {
            const answer = await handle(request, context);
            end('OK');
            return answer;
          } catch (error) {
            end(outcomeOf(error).code);
            throw error;
          }
        },
      ]),
    ],
    at: { host: '127.0.0.1', port: 0 },
    drainMs: 2_000,
    report: (error) => ended.push(`bug: ${String(error)}`),
    nowMs: Date.now,
  });
  const parts: readonly Component[] = [reconciler, rpc];
  for (const part of parts) await part.start();
  const client = createClient('terway.ipam.v1.IpamService', targetOf([`127.0.0.1:${rpc.port()}`]), (metadata) =>
    metadata.set('x-terway-instance-id', nodeId),
  );
  return {
    agent: new TestAgent(client, cloud),
    applied,
    /** Every call that has ended, by method and gRPC code. */
    ended,
    stopServer: () => rpc.stop(),
    end: async (): Promise<void> => {
      client.close();
      await rpc.stop();
      await reconciler.stop();
      await store.close();
    },
  };
}

function memoryCloud(nowMs: () => number): MemoryCloud {
  return new MemoryCloud({
    nowMs,
    vSwitches: [{ ...place, cidr: '10.0.0.0/24' }],
    securityGroupIds: ['sg-1'],
    instances: [{ ...place, instanceId: nodeId, instanceType: 'ecs.small', status: 'Running', primaryIp: '' }],
    instanceTypes: [{ instanceType: 'ecs.small', enis: 3, ipsPerEni: 4 }],
  });
}

/** A node's agent as far as the wire shows it; its kernel has whatever ENIs the cloud has attached. */
export class TestAgent {
  private session = '';
  private generation = '';
  private lastAgentSeq = 0;

  constructor(
    readonly client: IpamClient,
    private readonly cloud: MemoryCloud,
  ) {}

  async open() {
    const { session, generation, agentSeq, settings } = await this.client.open(
      { fence: this.fence(), nodeName: 'n1' },
      { deadlineMs: 5_000 },
    );
    Object.assign(this, { session, generation, lastAgentSeq: agentSeq });
    return settings;
  }

  async sync() {
    const { agentSeq, view } = await this.client.sync(
      { fence: this.fence(), journalIntact: true, seenMacs: await this.macs() },
      { deadlineMs: 5_000 },
    );
    this.lastAgentSeq = agentSeq;
    return view;
  }

  async renew() {
    const { view } = await this.client.renew(
      { fence: this.fence(), seenMacs: await this.macs() },
      { deadlineMs: 5_000 },
    );
    return view;
  }

  allocate(pod: string, limits: { readonly deadlineMs: number; readonly signal?: AbortSignal }) {
    const owner = { network: 'terway', sandboxId: pod, interfaceName: 'eth0' };
    const about = { namespace: 'default', name: pod, uid: pod };
    return this.client.allocate({ fence: this.fence(), owner, allocationId: `${pod}-1`, pod: about }, limits);
  }

  /** Renews until the condition holds, as an agent does that is asked to come sooner. */
  async renewUntil(done: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await done())) {
      await this.renew();
      await sleep(20);
    }
  }

  private async macs(): Promise<string[]> {
    const found = await this.cloud.listEnis({ instanceId: nodeId }, new AbortController().signal);
    return found.kind === 'done' ? found.value.filter((eni) => eni.status === 'InUse').map(({ mac }) => mac) : [];
  }

  private fence() {
    const { session, generation, lastAgentSeq } = this;
    return { instanceId: nodeId, incarnation: 'inc-1', session, generation, lastAgentSeq };
  }
}
