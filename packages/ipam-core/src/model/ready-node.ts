import type { CommandKind, CommandOf, Fence, Guard, Replies, Reply, WiredAddress } from '../command.js';
import type { AddressKind } from '../address.js';
import { defaultTimes, type NodeRecord } from '../record.js';
import type { Core } from './core-under-test.js';

const second = 1_000;

/** One node driven by hand: its record, its clock, and commands with everything filled in that a case leaves open. */
export class ReadyNode {
  record: NodeRecord | undefined;
  nowMs = 10_000_000;
  private made = 0;

  /** A node in service: synced, claimed by `r1`, and one ENI in use with `addresses` idle ones (the first is primary). */
  constructor(
    private readonly core: Core,
    addresses = 3,
  ) {
    this.open();
    this.do({ kind: 'claim', token: 'r1' });
    this.do({ kind: 'listing', guard: this.guard(), beganAtMs: this.nowMs, enis: [], seed: this.fresh('t') });
    this.sync();
    const limits = { instanceType: 't', zoneId: 'z', vpcId: 'v', vSwitchId: 'vsw-1', securityGroupIds: [] };
    this.do({ kind: 'set-limits', guard: this.guard(), limits: { ...limits, enis: 3, ipsPerEni: 4 } });
    this.do({
      kind: 'open-intent',
      guard: this.guard(),
      intent: { kind: 'create-eni', id: 'c1', vSwitchId: 'vsw-1', secondaryAddresses: addresses - 1 },
    });
    const ips = Array.from({ length: addresses }, (_, i) => `10.0.0.${i + 1}`);
    const eni = {
      eniId: 'eni-1',
      mac: 'mac-1',
      vSwitchId: 'vsw-1',
      zoneId: 'z',
      cidr: '10.0.0.0/24',
      primaryIp: '10.0.0.1',
    };
    this.do({
      kind: 'settle',
      guard: this.guard(),
      intentId: 'c1',
      result: { kind: 'created', eni, ips },
      seed: this.fresh('t'),
    });
    this.list(ips);
    this.renew();
  }

  do<K extends CommandKind>(command: CommandOf<K>): Reply<Replies[K]> {
    const { record, reply } = this.core.step<K>(this.record, command, this.nowMs, defaultTimes);
    this.record = record;
    return reply;
  }

  pass(seconds: number): void {
    this.nowMs += seconds * second;
  }

  fresh(what: string): string {
    this.made += 1;
    return `${what}${this.made}`;
  }

  fence(): Fence {
    const { incarnation, session, seq } = this.known().agent;
    return { incarnation, session, generation: this.known().generation, lastAgentSeq: seq };
  }

  guard(token = 'r1'): Guard {
    return { token, generation: this.record?.generation ?? '' };
  }

  known(): NodeRecord {
    if (this.record === undefined) throw new Error('the node has no record');
    return this.record;
  }

  state(ip: string): AddressKind | undefined {
    return this.record?.addresses.get(ip)?.state.kind;
  }

  term(ip: string): string {
    return this.known().addresses.get(ip)?.term ?? '';
  }

  open(over: { readonly incarnation?: string; readonly lastAgentSeq?: number } = {}): Reply<Replies['open']> {
    const fence = {
      incarnation: over.incarnation ?? this.record?.agent.incarnation ?? 'inc-1',
      generation: this.record?.generation ?? '',
      lastAgentSeq: over.lastAgentSeq ?? this.record?.agent.seq ?? 0,
    };
    const made = { newSession: this.fresh('session-'), newGeneration: this.fresh('generation-') };
    return this.do({ kind: 'open', nodeId: 'i-1', nodeName: 'n1', fence, ...made });
  }

  sync(over: Partial<Omit<CommandOf<'sync'>, 'kind'>> = {}): Reply<Replies['sync']> {
    const said = { wired: [], cooling: [], departed: [], seenMacs: ['mac-1'], journalIntact: true };
    return this.do({ kind: 'sync', fence: this.fence(), ...said, seed: this.fresh('t'), ...over });
  }

  renew(over: Partial<Omit<CommandOf<'renew'>, 'kind'>> = {}): Reply<Replies['renew']> {
    const said = { journalDigest: '', departed: [], seenMacs: ['mac-1'] };
    return this.do({ kind: 'renew', fence: this.fence(), ...said, seed: this.fresh('t'), ...over });
  }

  /** Pod `p` asks under allocation `p-1`, or another one. */
  allocate(pod: string, over: Partial<Omit<CommandOf<'allocate'>, 'kind'>> = {}): Reply<Replies['allocate']> {
    const asked = { ...holder(pod), untilMs: this.nowMs + 20 * second };
    return this.do({ kind: 'allocate', fence: this.fence(), ...asked, ...over });
  }

  release(pod: string, over: Partial<Omit<CommandOf<'release'>, 'kind'>> = {}): Reply<Replies['release']> {
    const { owner, allocationId } = holder(pod);
    return this.do({ kind: 'release', fence: this.fence(), owner, allocationId, addressInUse: false, ...over });
  }

  /** A listing that begins now and shows these addresses on the ENI. */
  list(ips: readonly string[], over: { readonly beganAtMs?: number; readonly token?: string } = {}): Reply<NodeRecord> {
    const shown = {
      eniId: 'eni-1',
      mac: 'mac-1',
      vSwitchId: 'vsw-1',
      zoneId: 'z',
      cidr: '10.0.0.0/24',
      status: 'in-use' as const,
    };
    const enis = [{ ...shown, primaryIp: '10.0.0.1', ips }];
    const beganAtMs = over.beganAtMs ?? this.nowMs;
    return this.do({ kind: 'listing', guard: this.guard(over.token), beganAtMs, enis, seed: this.fresh('t') });
  }

  depart(ip: string): void {
    this.do({ kind: 'depart', guard: this.guard(), ips: [ip] });
  }

  /** The address has been let go by the agent. */
  letGo(ip: string): void {
    this.depart(ip);
    this.renew({ departed: [{ ip, term: this.term(ip) }] });
  }

  unassign(ip: string, id = 'u1'): Reply<Replies['open-intent']> {
    return this.do({
      kind: 'open-intent',
      guard: this.guard(),
      intent: { kind: 'unassign', id, eniId: 'eni-1', ips: [ip] },
    });
  }

  markSent(id = 'u1'): Reply<Replies['mark-sent']> {
    return this.do({ kind: 'mark-sent', guard: this.guard(), intentId: id, attempt: 1, paramsHash: 'p' });
  }

  settle(intentId: string, result: CommandOf<'settle'>['result']): Reply<NodeRecord> {
    return this.do({ kind: 'settle', guard: this.guard(), intentId, result, seed: this.fresh('t') });
  }
}

export function holder(pod: string): Required<WiredAddress>['holder'] {
  const owner = { network: 'terway', sandboxId: pod, interfaceName: 'eth0' };
  return { owner, allocationId: `${pod}-1`, pod: { namespace: 'default', name: pod, uid: pod } };
}

export function wired(pod: string, ip: string): WiredAddress {
  return { ip, eniMac: 'mac-1', holder: holder(pod) };
}

/** The reason word of a refusal, or `ok`. */
export function reasonOf(reply: Reply<unknown>): string {
  return reply.ok ? 'ok' : reply.refusal.reason;
}

export function grantedIp(reply: Reply<Replies['allocate']>): string | undefined {
  return reply.ok && reply.value.kind === 'granted' ? reply.value.grant.address.ip : undefined;
}
