import type { CommandKind, Departure, Fence, NodeView, Replies, Reply, WiredAddress } from '../command.js';
import type { Owner } from '../owner.js';

/** Rules of the protocol that the agent keeps; a test takes one out and expects a violation. */
export interface AgentRules {
  /** Never wires what its journal or kernel shows in use. */
  readonly lastFence: boolean;
  /** Remembers what it has let go, and refuses it under that term. */
  readonly remembersDepartures: boolean;
  /** Drops answers of calls that are over. */
  readonly dropsLateAnswers: boolean;
  /** Acknowledges only what is not wired. */
  readonly acknowledgesUnwiredOnly: boolean;
}

export const allAgentRules: AgentRules = {
  lastFence: true,
  remembersDepartures: true,
  dropsLateAnswers: true,
  acknowledgesUnwiredOnly: true,
};

export interface Sandbox {
  readonly owner: Owner;
  readonly allocationId: string;
  /** Empty until an address is granted. */
  ip: string;
  /** The pod runs with the address. */
  wired: boolean;
}

/** An agent by the protocol: what is durable (journal), what is in the kernel, and what a restart forgets. */
export interface ModelAgent {
  readonly node: string;
  incarnation: string;
  generation: string;
  seq: number;
  sandboxes: Sandbox[];
  departed: Map<string, string>;
  session: string;
  synced: boolean;
  /** Known idle addresses and their terms. */
  idle: Map<string, string>;
  /** Released here, by local time of release. */
  released: Map<string, number>;
  directives: Departure[];
  /** Calls whose answers count; everything else is late. */
  openCalls: Set<number>;
  /** The journal changed by the agent's own decision: nothing but Sync may follow. */
  dirty: boolean;
}

export function newAgent(node: string): ModelAgent {
  return {
    node,
    incarnation: `${node}-inc-0`,
    generation: '',
    seq: 0,
    sandboxes: [],
    departed: new Map(),
    session: '',
    synced: false,
    idle: new Map(),
    released: new Map(),
    directives: [],
    openCalls: new Set(),
    dirty: false,
  };
}

export function fenceOf({ incarnation, session, generation, seq }: ModelAgent): Fence {
  return { incarnation, session, generation, lastAgentSeq: seq };
}

/** The process ends: the journal stays, the kernel stays. */
export function restart(agent: ModelAgent): void {
  agent.session = '';
  agent.synced = false;
  agent.idle.clear();
  agent.released.clear();
  agent.directives = [];
  agent.openCalls.clear();
  agent.dirty = false;
  agent.sandboxes = agent.sandboxes.filter(({ wired }) => wired);
}

/** The journal is gone: only what the kernel shows is left, and nobody knows for whom. */
export function loseJournal(agent: ModelAgent, incarnation: string): void {
  restart(agent);
  agent.incarnation = incarnation;
  agent.generation = '';
  agent.seq = 0;
  agent.departed.clear();
  agent.sandboxes = agent.sandboxes.map((sandbox) => ({ ...sandbox, allocationId: '' }));
}

export function wiredOf(agent: ModelAgent, macOf: (ip: string) => string): WiredAddress[] {
  return agent.sandboxes
    .filter(({ ip }) => ip !== '')
    .map(({ ip, owner, allocationId }) => {
      const eniMac = macOf(ip);
      if (allocationId === '') return { ip, eniMac };
      return { ip, eniMac, holder: { owner, allocationId, pod: podOf(owner) } };
    });
}

export function podOf(owner: Owner): { namespace: string; name: string; uid: string } {
  return { namespace: 'default', name: owner.sandboxId, uid: owner.sandboxId };
}

/** An address for a sandbox, from the centre or from what the agent knows: wired only if the last fence lets it. */
export function tryWire(agent: ModelAgent, sandbox: Sandbox, ip: string, term: string, rules: AgentRules): boolean {
  const inUse = agent.sandboxes.some((other) => other !== sandbox && other.ip === ip);
  if (rules.lastFence && inUse) return false;
  if (rules.remembersDepartures && agent.departed.get(ip) === term) return false;
  sandbox.ip = ip;
  sandbox.wired = true;
  agent.idle.delete(ip);
  agent.released.delete(ip);
  return true;
}

/** Departures that the agent can agree to; it remembers them before it says so. */
export function acknowledge(agent: ModelAgent, rules: AgentRules): Departure[] {
  const inUse = new Set(agent.sandboxes.map(({ ip }) => ip));
  const agreed = agent.directives.filter(({ ip }) => !rules.acknowledgesUnwiredOnly || !inUse.has(ip));
  for (const { ip, term } of agreed) {
    if (rules.remembersDepartures) agent.departed.set(ip, term);
    agent.idle.delete(ip);
    agent.released.delete(ip);
  }
  return agreed;
}

export function takeView(agent: ModelAgent, view: NodeView, afterSync: boolean): void {
  if (!view.recovering) {
    agent.idle = new Map(view.idle.map(({ address }) => [address.ip, address.term]));
    for (const { ip } of agent.sandboxes) agent.idle.delete(ip);
    for (const [ip, term] of agent.idle) if (agent.departed.get(ip) === term) agent.idle.delete(ip);
  }
  agent.directives = [...view.depart];
  if (view.resync) agent.dirty = true;
  if (!afterSync) return;
  const current = new Map(view.departing.map(({ ip, term }) => [ip, term]));
  for (const [ip, term] of agent.departed) if (current.get(ip) !== term) agent.departed.delete(ip);
}

/** Any refusal that speaks of the session or of the record sends the agent back to Open. */
export function takeRefusal(agent: ModelAgent, reply: Reply<Replies[CommandKind]>): void {
  if (reply.ok) return;
  const reasons = ['generation-changed', 'session-superseded', 'store-went-back', 'sync-required'];
  if (reasons.includes(reply.refusal.reason)) {
    agent.session = '';
    agent.synced = false;
    agent.openCalls.clear();
  }
}
