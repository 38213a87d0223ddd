import type { CommandKind, CommandOf, Replies, Reply } from '../command.js';
import type { NodeRecord, ProtocolTimes } from '../record.js';
import { newAgent, type AgentRules, type ModelAgent } from './agent.js';
import { assignedTo, newCloud, type ModelCloud } from './cloud.js';
import type { Core } from './core-under-test.js';
import type { ModelReplica } from './replica.js';

/** Times of the model: small numbers with the proportions of the real ones. */
export const modelTimes: ProtocolTimes = {
  cooldownMs: 60,
  boundMs: 60,
  claimMs: 5,
  freshMs: 45,
  silentMs: 300,
  alternationMs: 600,
  tombstoneMs: 600,
};

export interface Message {
  readonly call: number;
  readonly node: string;
  readonly command: CommandOf<'open' | 'sync' | 'allocate' | 'release' | 'renew'>;
}

export interface Answer {
  readonly message: Message;
  readonly reply: Reply<Replies[CommandKind]>;
}

export interface World {
  readonly core: Core;
  readonly agentRules: AgentRules;
  readonly pick: (n: number) => number;
  readonly cloud: ModelCloud;
  readonly agents: ReadonlyMap<string, ModelAgent>;
  readonly replicas: readonly ModelReplica[];
  readonly records: Map<string, NodeRecord>;
  readonly snapshots: Map<string, NodeRecord>;
  readonly messages: Message[];
  readonly answers: Answer[];
  nowMs: number;
  made: number;
}

export const nodes = ['n1', 'n2'] as const;

export function newWorld(core: Core, agentRules: AgentRules, pick: (n: number) => number): World {
  const replicas = ['r1', 'r2'].flatMap((token) =>
    nodes.map((node): ModelReplica => ({ token, node, view: undefined, listing: undefined, settles: [] })),
  );
  return {
    core,
    agentRules,
    pick,
    cloud: newCloud(5),
    agents: new Map(nodes.map((node) => [node, newAgent(node)])),
    replicas,
    records: new Map(),
    snapshots: new Map(),
    messages: [],
    answers: [],
    nowMs: 1_000,
    made: 0,
  };
}

export function fresh(world: World, what: string): string {
  world.made += 1;
  return `${what}-${world.made}`;
}

/** One command on one record, as a store would do it. */
export function apply<K extends CommandKind>(world: World, node: string, command: CommandOf<K>): Reply<Replies[K]> {
  const { record, reply } = world.core.step<K>(world.records.get(node), command, world.nowMs, modelTimes);
  if (record !== undefined) world.records.set(node, record);
  return reply;
}

/** The two things that must never happen; undefined while they have not. */
export function violation(world: World): string | undefined {
  const holders = new Map<string, string>();
  for (const { node, sandboxes } of world.agents.values()) {
    for (const { ip, wired, owner } of sandboxes) {
      if (!wired) continue;
      const holder = `${owner.sandboxId} on ${node}`;
      const other = holders.get(ip);
      if (other !== undefined) return `${ip} is on two pods: ${other} and ${holder}`;
      holders.set(ip, holder);
      if (!assignedTo(world.cloud, node, ip)) return `${ip} was taken away under ${holder}`;
    }
  }
  return undefined;
}
