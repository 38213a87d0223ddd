import type { CloudApi } from '@terway/cloud';
import { MemoryCloud, type MemoryFault } from '@terway/cloud/memory-cloud';
import {
  type CommandKind,
  type CommandOf,
  defaultTimes,
  type NodeRecord,
  type Replies,
  type Reply,
  step,
} from '@terway/ipam-core';
import { silentLogger } from '@terway/runtime';
import type { NodeStore } from '../store/node-store.js';
import type { VSwitchLedger } from '../store/vswitch-ledger.js';
import { InstanceLimits } from './instance-limits.js';
import { type PassParts, runPass } from './run-pass.js';
import type { Around } from './test-ports.js';
import { VSwitchBook } from './vswitch-book.js';

const nodeId = 'i-1';
const zoneId = 'zone-a';
const vpcId = 'vpc-1';
const silence = new AbortController().signal;

export interface TestNodeOptions {
  /** vSwitches by id; /28 each has 12 usable addresses. */
  readonly vSwitches?: Readonly<Record<string, string>>;
  readonly minIdle?: number;
  readonly maxIdle?: number;
}

/** One node, its agent driven by hand, and a refill that makes one pass when it is told to. */
export class TestNode {
  nowMs = 1_700_000_000_000;
  readonly cloud: MemoryCloud;
  readonly full: string[] = [];
  /** What became of intents, in order. */
  readonly became: string[] = [];
  private record: NodeRecord | undefined;
  private made = 0;
  private replicas = 0;

  constructor(private readonly options: TestNodeOptions = {}) {
    const vSwitches = options.vSwitches ?? { 'vsw-1': '10.0.0.0/24' };
    this.cloud = new MemoryCloud({
      nowMs: () => this.nowMs,
      vSwitches: Object.entries(vSwitches).map(([vSwitchId, cidr]) => ({ vSwitchId, cidr, vpcId, zoneId })),
      securityGroupIds: ['sg-1'],
      instances: [
        {
          ...{
            instanceId: nodeId,
            instanceType: 'ecs.small',
            zoneId,
            vpcId,
            vSwitchId: Object.keys(vSwitches)[0] ?? '',
          },
          ...{ status: 'Running', primaryIp: '', securityGroupIds: ['sg-1'] },
        },
      ],
      instanceTypes: [{ instanceType: 'ecs.small', enis: 3, ipsPerEni: 4 }],
    });
  }

  readonly store: NodeStore = {
    apply: async <K extends CommandKind>(
      _: string,
      command: CommandOf<K>,
      nowMs: number,
    ): Promise<Reply<Replies[K]>> => {
      const { record, reply } = step<K>(this.record, command, nowMs, defaultTimes);
      this.record = record;
      return reply;
    },
    read: async () => this.record,
    nodeIds: async () => [nodeId],
    close: async () => undefined,
  };

  /** A replica that has just started: it knows nothing but the store. */
  replica(around: Around = (port) => port): PassParts {
    const { minIdle = 2, maxIdle = 3, vSwitches = { 'vsw-1': '' } } = this.options;
    const clock = { nowMs: () => this.nowMs, random01: () => 0 };
    const cloud = around(this.cloud as CloudApi);
    const ledger: VSwitchLedger = {
      reserve: async () => undefined,
      drop: async () => undefined,
      reserved: async () => new Map(),
    };
    this.replicas += 1;
    return {
      ...clock,
      monotonicMs: () => this.nowMs,
      cloud,
      ledger,
      store: around(this.store),
      book: new VSwitchBook(cloud, ledger, clock),
      config: () => ({
        clusterId: 'c-1',
        vSwitchIdsOf: () => Object.keys(vSwitches),
        securityGroupIds: [],
        poolPolicy: { minIdle, maxIdle, offlineReserve: 0, vSwitchPolicy: 'most' },
        eniTags: {},
      }),
      times: defaultTimes,
      newId: () => `id-${(this.made += 1)}`,
      vSwitchFull: (_node, vSwitchId) => this.full.push(vSwitchId),
      settled: (intent, result) => this.became.push(`${intent.kind}: ${result.kind}`),
      log: silentLogger,
      observed: () => undefined,
      token: `r-${this.replicas}`,
      limits: new InstanceLimits(cloud),
    };
  }

  async pass(replica: PassParts): Promise<void> {
    await runPass(replica, nodeId, silence);
  }

  /** Passes of one replica, a second apart, with an agent that renews, until nothing is under way any more. */
  async settle(replica: PassParts, passes = 40): Promise<NodeRecord> {
    for (let i = 0; i < passes; i++) {
      await this.pass(replica);
      this.nowMs += 1_000;
      await this.renew();
      const { intents, recovery } = this.known();
      const idleNow = this.count('assigning') === 0 && this.count('departing') === 0 && this.count('unassigning') === 0;
      if (intents.size === 0 && recovery === undefined && idleNow && i > 2) break;
    }
    return this.known();
  }

  /** The agent opens its session and says that nothing is wired. */
  async open(): Promise<void> {
    const fence = {
      incarnation: 'inc-1',
      generation: this.record?.generation ?? '',
      lastAgentSeq: this.record?.agent.seq ?? 0,
    };
    const made = { newSession: this.id('session'), newGeneration: this.id('generation') };
    await this.store.apply<'open'>(nodeId, { kind: 'open', nodeId, nodeName: 'n1', fence, ...made }, this.nowMs);
    const said = { wired: [], cooling: [], departed: [], seenMacs: this.macs(), journalIntact: true };
    await this.store.apply<'sync'>(
      nodeId,
      { kind: 'sync', fence: this.fence(), ...said, seed: this.id('t') },
      this.nowMs,
    );
  }

  /** The store loses the node. */
  forget(): void {
    this.record = undefined;
  }

  /** The agent renews, and lets go whatever it is asked to. */
  async renew(): Promise<void> {
    const departed = [...this.known().addresses.values()].filter(({ state }) => state.kind === 'departing');
    const said = { journalDigest: '', departed, seenMacs: this.macs(), seed: this.id('t') };
    await this.store.apply<'renew'>(nodeId, { kind: 'renew', fence: this.fence(), ...said }, this.nowMs);
  }

  async allocate(pod: string): Promise<Reply<Replies['allocate']>> {
    const owner = { network: 'terway', sandboxId: pod, interfaceName: 'eth0' };
    const asked = { owner, allocationId: `${pod}-1`, pod: { namespace: 'default', name: pod, uid: pod } };
    const untilMs = this.nowMs + 20_000;
    return this.store.apply<'allocate'>(
      nodeId,
      { kind: 'allocate', fence: this.fence(), ...asked, untilMs },
      this.nowMs,
    );
  }

  known(): NodeRecord {
    if (this.record === undefined) throw new Error('the node has no record');
    return this.record;
  }

  count(kind: string): number {
    return [...this.known().addresses.values()].filter(({ state }) => state.kind === kind).length;
  }

  /** Secondary ENIs that exist in the cloud, whoever knows of them. */
  async enis(): Promise<readonly { readonly eniId: string; readonly ips: readonly string[] }[]> {
    const found = await this.cloud.listEnis({ tags: { creator: 'terway' } }, silence);
    return found.kind === 'done' ? found.value : [];
  }

  /** Addresses that the cloud has given and the record does not know, and the other way round. */
  async difference(): Promise<readonly string[]> {
    const given = (await this.enis()).flatMap(({ ips }) => ips);
    const known = [...this.known().addresses.values()].filter(({ state }) => state.kind !== 'held').map(({ ip }) => ip);
    return [...given.filter((ip) => !this.known().addresses.has(ip)), ...known.filter((ip) => !given.includes(ip))];
  }

  failNext(action: keyof CloudApi, fault: MemoryFault): void {
    this.cloud.failNext(action, fault);
  }

  private macs(): string[] {
    return [...(this.record?.enis.values() ?? [])].filter(({ status }) => status === 'in-use').map(({ mac }) => mac);
  }

  private fence(): CommandOf<'renew'>['fence'] {
    const { agent, generation } = this.known();
    return { incarnation: agent.incarnation, session: agent.session, generation, lastAgentSeq: agent.seq };
  }

  private id(what: string): string {
    this.made += 1;
    return `${what}-${this.made}`;
  }
}

export function refused(
  code: string,
  reason: 'vswitch-exhausted' | 'eni-limit-reached' | 'rejected' | 'idempotence-broken',
): MemoryFault {
  return { kind: 'answer', outcome: { kind: 'refused', reason, code, message: code, status: 403, requestId: 'R-1' } };
}
