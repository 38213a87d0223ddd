import { randomUUID } from 'node:crypto';
import {
  type CommandKind,
  type CommandOf,
  defaultTimes,
  type Grant,
  IpamRefusal,
  type ListedEni,
  type NodeRecord,
  type NodeView as CoreView,
  type Obstacle,
  type ProtocolTimes,
  type Replies,
  step,
} from '@terway/ipam-core';
import { sleep } from '@terway/runtime';
import type {
  AllocateAsk,
  CallLimits,
  Granted,
  IpamClient,
  NodeFence,
  NodeView,
  Opened,
  ReleaseAsk,
  Renewal,
  Statement,
  Viewed,
} from './ipam-client.js';
import type { LeasedAddress } from './leased-address.js';

/** Time between two looks of an Allocate that waits. */
const lookMs = 10;
/** It gives up before the caller does: by this, or a quarter of the caller's time. */
const marginMs = 500;

export type IpamCall = 'open' | 'sync' | 'allocate' | 'release' | 'renew';

/**
 * For tests: the centre of one node, in this process. Its record obeys the rules of ipam-core; its ENIs are there from
 * the start, in a /24 each. It can be away, and lose answers.
 */
export class MemoryIpam implements IpamClient {
  record: NodeRecord | undefined;
  /** Every call is refused with this. */
  away: IpamRefusal | undefined;
  /** The next call of this kind is carried out, and its answer is lost. */
  loseAnswerOf: IpamCall | undefined;
  /** Why an Allocate that finds nothing is refused. */
  obstacle: Omit<Obstacle, 'sinceMs' | 'retryAtMs'> | undefined;
  /** Calls that came, in order. */
  readonly calls: IpamCall[] = [];
  times: ProtocolTimes;
  private readonly token = randomUUID();
  /** The record's time ahead of the clock. */
  private aheadMs = 0;

  constructor(
    private readonly enis: readonly ListedEni[],
    private readonly nowMs: () => number = Date.now,
    times: Partial<ProtocolTimes> = {},
  ) {
    this.times = { ...defaultTimes, cooldownMs: 0, boundMs: 0, ...times };
  }

  open(fence: NodeFence, nodeName: string): Promise<Opened> {
    return this.answer('open', () => {
      const made = { newSession: randomUUID(), newGeneration: randomUUID() };
      const opened = this.apply({ kind: 'open', nodeId: fence.instanceId, nodeName, fence, ...made });
      return { ...opened, cooldownMs: 0, extraRoutes: [] };
    });
  }

  sync(fence: NodeFence, statement: Statement): Promise<Viewed> {
    return this.answer('sync', () => {
      this.apply({ kind: 'sync', fence, ...statement, seed: randomUUID() });
      this.list();
      const renewal = { journalDigest: '', departed: statement.departed, seenMacs: statement.seenMacs };
      return viewed(this.apply({ kind: 'renew', fence, ...renewal, seed: randomUUID() }));
    });
  }

  async allocate(fence: NodeFence, ask: AllocateAsk, { deadlineMs, signal }: CallLimits): Promise<Granted> {
    const untilMs = this.nowMs() + this.aheadMs + deadlineMs - Math.min(marginMs, deadlineMs / 4);
    this.calls.push('allocate');
    for (;;) {
      if (this.nowMs() + this.aheadMs >= untilMs) throw this.nothingIdle();
      const reply = this.carryOut('allocate', () => this.apply({ kind: 'allocate', fence, ...ask, untilMs }));
      const { session, generation } = fence;
      if (reply.kind === 'granted') {
        return { address: leased(reply.grant), agentSeq: reply.agentSeq, session, generation };
      }
      await sleep(lookMs, signal);
    }
  }

  release(fence: NodeFence, { owner, allocationId, cause }: ReleaseAsk): Promise<{ agentSeq: number }> {
    const addressInUse = cause === 'address-in-use';
    return this.answer('release', () => this.apply({ kind: 'release', fence, owner, allocationId, addressInUse }));
  }

  renew(fence: NodeFence, renewal: Renewal): Promise<Viewed> {
    return this.answer('renew', () => viewed(this.apply({ kind: 'renew', fence, ...renewal, seed: randomUUID() })));
  }

  /** Asks the agent to let addresses go. */
  depart(ips: readonly string[]): void {
    this.apply({ kind: 'depart', guard: this.guard(), ips });
  }

  /** Everything that the record holds is gone; the agent meets a record made anew. */
  loseRecord(): void {
    this.record = undefined;
  }

  private async answer<T>(call: IpamCall, command: () => T): Promise<T> {
    this.calls.push(call);
    return this.carryOut(call, command);
  }

  private carryOut<T>(call: IpamCall, command: () => T): T {
    if (this.away !== undefined) throw this.away;
    const value = command();
    if (this.loseAnswerOf !== call) return value;
    this.loseAnswerOf = undefined;
    throw new IpamRefusal('ipam-unavailable', `the answer of ${call} is lost`);
  }

  private apply<K extends CommandKind>(command: CommandOf<K> & { readonly kind: K }): Replies[K] {
    const { record, reply } = step<K>(this.record, command, this.nowMs() + this.aheadMs, this.times);
    this.record = record;
    if (reply.ok) return reply.value;
    const { reason, message, ...facts } = reply.refusal;
    throw new IpamRefusal(reason, message, facts);
  }

  private guard(): { token: string; generation: string } {
    const { generation } = this.apply({ kind: 'claim', token: this.token });
    return { token: this.token, generation };
  }

  private list(): void {
    const beganAtMs = this.nowMs() + this.aheadMs;
    this.apply({ kind: 'listing', guard: this.guard(), beganAtMs, enis: this.enis, seed: randomUUID() });
    // what comes next comes later, so that new addresses do not wait for another Renew
    this.aheadMs += 1;
  }

  private nothingIdle(): IpamRefusal {
    const { reason = 'pool-exhausted', message = 'no address is idle', details = {} } = this.obstacle ?? {};
    return new IpamRefusal(reason, message, { retryAfterMs: 1_000, details });
  }
}

function viewed({ agentSeq, view }: { readonly agentSeq: number; readonly view: CoreView }): Viewed {
  return { agentSeq, view: { ...view, idle: view.idle.map(leased) } satisfies NodeView };
}

function leased({ address, eni }: Grant): LeasedAddress {
  return {
    ip: address.ip,
    term: address.term,
    eniId: eni.eniId,
    eniMac: eni.mac,
    vswitchId: eni.vSwitchId,
    vswitchCidr: eni.cidr,
    gateway: eni.cidr.replace(/\.0\/24$/, '.253'),
    zoneId: eni.zoneId,
  };
}
