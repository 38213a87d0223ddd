import type { Core, Mutation } from './core-under-test.js';
import { grantedIp, ReadyNode, reasonOf, wired } from './ready-node.js';

/** A rule of docs/lease-protocol.md: where it stands in the code, and a history in which it matters. */
export interface Rule extends Mutation {
  /** True while the rule is kept. */
  readonly holds: (core: Core) => boolean;
}

const ip = '10.0.0.2';
const all = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];

export const rules: readonly Rule[] = [
  {
    rule: 'an acknowledgement of another term is ignored',
    file: 'request/renew.ts',
    find: 'address.term !== term || ',
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.depart(ip);
      node.renew({ departed: [{ ip, term: 'of an earlier stay' }] });
      return node.state(ip) === 'departing';
    },
  },
  {
    rule: 'a cancelled departure begins a fresh term',
    file: 'refill/depart.ts',
    find: ', term: `${command.seed}.${ip}` }',
    put: ' }',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.depart(ip);
      const term = node.term(ip);
      node.do({ kind: 'cancel-departure', guard: node.guard(), ips: [ip], seed: 'anew' });
      return node.term(ip) !== term;
    },
  },
  {
    rule: 'every Sync begins fresh terms',
    file: 'request/sync.ts',
    find: 'const term = keepsTerm ? address.term :',
    put: 'const term = true ? address.term :',
    holds: (core) => {
      const node = new ReadyNode(core);
      const term = node.term(ip);
      node.open();
      node.sync();
      return node.term(ip) !== term;
    },
  },
  {
    rule: 'only the latest session may change the record',
    file: 'fence.ts',
    find: 'if (draft.agent.incarnation !== fence.incarnation || draft.agent.session !== fence.session) {',
    put: 'if (false) {',
    holds: (core) => {
      const node = new ReadyNode(core);
      const fence = node.fence();
      node.open();
      node.sync();
      return reasonOf(node.allocate('p', { fence })) === 'session-superseded';
    },
  },
  {
    rule: 'an agent of another generation changes nothing',
    file: 'fence.ts',
    find: 'if (draft.generation !== fence.generation) {',
    put: 'if (false) {',
    holds: (core) => {
      const node = new ReadyNode(core);
      return reasonOf(node.allocate('p', { fence: { ...node.fence(), generation: 'older' } })) === 'generation-changed';
    },
  },
  {
    rule: 'a session begins with Sync',
    file: 'fence.ts',
    find: 'if (!draft.agent.synced)',
    put: 'if (false)',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open();
      return reasonOf(node.allocate('p')) === 'sync-required';
    },
  },
  {
    rule: 'a record that has seen less than the agent went back',
    file: 'fence.ts',
    find: 'if (draft.agent.seq < fence.lastAgentSeq) {',
    put: 'if (false) {',
    holds: (core) => {
      const node = new ReadyNode(core);
      const ahead = { ...node.fence(), lastAgentSeq: node.known().agent.seq + 1 };
      const refused = reasonOf(node.allocate('p', { fence: ahead })) === 'store-went-back';
      return refused && node.known().recovery?.cause === 'seq-went-back';
    },
  },
  {
    rule: 'an agent that has seen more sends the record into recovery at Open',
    file: 'request/open.ts',
    find: 'draft.agent.seq < fence.lastAgentSeq',
    put: 'false',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open({ lastAgentSeq: node.known().agent.seq + 1 });
      return node.known().recovery?.needsListing === true;
    },
  },
  {
    rule: 'an agent that has seen more sends the record into recovery at Sync',
    file: 'request/sync.ts',
    find: 'if (draft.agent.seq < command.fence.lastAgentSeq)',
    put: 'if (false)',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open();
      node.sync({ fence: { ...node.fence(), lastAgentSeq: node.known().agent.seq + 1 } });
      return node.known().recovery?.needsListing === true;
    },
  },
  {
    rule: 'after Sync the seq is beyond everything seen',
    file: 'request/sync.ts',
    find: 'Math.max(draft.agent.seq, command.fence.lastAgentSeq) + 1',
    put: 'draft.agent.seq + 1',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open();
      const seen = node.known().agent.seq + 7;
      node.sync({ fence: { ...node.fence(), lastAgentSeq: seen } });
      return node.known().agent.seq === seen + 1;
    },
  },
  {
    rule: 'a new incarnation puts the node into recovery',
    file: 'request/open.ts',
    find: "beginRecovery(draft, 'incarnation-changed', nowMs);",
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open({ incarnation: 'inc-2' });
      return node.known().recovery?.cause === 'incarnation-changed';
    },
  },
  {
    rule: 'two incarnations that alternate freeze the node',
    file: 'request/open.ts',
    find: 'if (alternates(draft, fence.incarnation, nowMs, times))',
    put: 'if (false)',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open({ incarnation: 'inc-2' });
      return reasonOf(node.open({ incarnation: 'inc-1' })) === 'node-frozen';
    },
  },
  {
    rule: 'an address leaves only after the agent has agreed',
    file: 'refill/depart.ts',
    find: "{ kind: 'departing' }, nowMs)",
    put: "{ kind: 'unassigning' }, nowMs)",
    holds: (core) => {
      const node = new ReadyNode(core);
      node.depart(ip);
      return reasonOf(node.unassign(ip)) === 'record-changed';
    },
  },
  {
    rule: 'an address that nobody has let go does not leave with its ENI',
    file: 'address.ts',
    find: "(state.kind === 'held' && state.acknowledged)",
    put: "state.kind === 'held'",
    holds: (core) => {
      const node = new ReadyNode(core, 2);
      node.letGo('10.0.0.1');
      node.pass(61);
      node.do({ kind: 'claim', token: 'r1' });
      node.renew();
      node.list(['10.0.0.1']);
      const held = node.state(ip) === 'held';
      const guard = node.guard();
      const removal = { kind: 'remove-eni', id: 'x1', eniId: 'eni-1' } as const;
      return held && reasonOf(node.do({ kind: 'open-intent', guard, intent: removal })) === 'record-changed';
    },
  },
  {
    rule: 'only idle addresses are asked to leave',
    file: 'refill/depart.ts',
    find: "address?.state.kind === 'idle'",
    put: 'address !== undefined',
    holds: (core) => {
      const node = new ReadyNode(core);
      const bound = grantedIp(node.allocate('p')) ?? '';
      node.depart(bound);
      return node.state(bound) === 'bound';
    },
  },
  {
    rule: 'an unassigned address stays held',
    file: 'refill/settle.ts',
    find: "if (address?.state.kind === 'unassigning') {",
    put: "if (address?.state.kind === 'unassigning') draft.addresses.delete(ip);\n        if (false && address) {",
    holds: (core) => {
      const node = new ReadyNode(core);
      node.letGo(ip);
      node.unassign(ip);
      node.settle('u1', { kind: 'unassigned' });
      return node.state(ip) === 'held';
    },
  },
  {
    rule: 'a hold ends with a listing that began after it',
    file: 'refill/listing.ts',
    find: 'if (beganAtMs >= state.untilMs) draft.addresses.delete(address.ip);',
    put: 'draft.addresses.delete(address.ip);',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.letGo(ip);
      node.unassign(ip);
      node.settle('u1', { kind: 'unassigned' });
      const beganAtMs = node.nowMs + 59_000;
      node.pass(120);
      node.list(['10.0.0.1', '10.0.0.3'], { beganAtMs });
      return node.state(ip) === 'held';
    },
  },
  {
    rule: 'a held address that the cloud gives back is not leasable until the hold ends',
    file: 'refill/settle.ts',
    find: "if (known?.state.kind === 'held') {",
    put: "if (known?.state.kind === 'held') draft.addresses.set(ip, { ...known, term, state: { kind: 'idle' } });\n  else if (false && known) {",
    holds: (core) => {
      const node = new ReadyNode(core);
      node.letGo(ip);
      node.unassign(ip);
      node.settle('u1', { kind: 'unassigned' });
      node.do({
        kind: 'open-intent',
        guard: node.guard(),
        intent: { kind: 'assign', id: 'a1', eniId: 'eni-1', count: 1 },
      });
      node.settle('a1', { kind: 'assigned', ips: [ip] });
      return node.state(ip) === 'held';
    },
  },
  {
    rule: 'a destructive call needs an agent that has renewed lately',
    file: 'fence.ts',
    find: '|| nowMs - draft.agent.lastRenewMs >= times.freshMs',
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.letGo(ip);
      node.unassign(ip);
      node.pass(45);
      return !node.markSent().ok;
    },
  },
  {
    rule: 'a stored intent is dropped where an address is wired',
    file: 'request/overruled-intents.ts',
    find: 'if (wired.has(address.ip)) return true;',
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.letGo(ip);
      const departed = [{ ip, term: node.term(ip) }];
      node.unassign(ip);
      node.open();
      node.sync({ wired: [wired('p', ip)], departed });
      return node.known().intents.size === 0 && node.state(ip) === 'bound';
    },
  },
  {
    rule: 'a stored intent is dropped where an intact journal does not know of the departure',
    file: 'request/overruled-intents.ts',
    find: 'return journalIntact && departed.get(address.ip) !== address.term;',
    put: 'return false;',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.letGo(ip);
      node.unassign(ip);
      node.open();
      node.sync({ departed: [] });
      return node.known().intents.size === 0 && node.state(ip) === 'held';
    },
  },
  {
    rule: 'what the agent has let go leaves, also when the store has forgotten it',
    file: 'request/sync.ts',
    find: "if (acknowledged) return state.kind === 'held' ? state : { kind: 'unassigning' };",
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core);
      const departed = [{ ip, term: node.term(ip) }];
      node.open();
      node.sync({ departed });
      return node.state(ip) === 'unassigning';
    },
  },
  {
    rule: 'nothing is granted in recovery',
    file: 'fence.ts',
    find: 'if (draft.recovery !== undefined) {',
    put: 'if (false) {',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open({ incarnation: 'inc-2' });
      node.sync();
      return reasonOf(node.allocate('p')) === 'node-recovering';
    },
  },
  {
    rule: 'recovery ends with a listing that no earlier call can belie',
    file: 'recovery.ts',
    find: 'beganAtMs >= recovery.sinceMs + times.boundMs',
    put: 'true',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open({ incarnation: 'inc-2' });
      node.sync();
      node.pass(59);
      node.do({ kind: 'claim', token: 'r1' });
      node.list(all);
      return node.known().recovery !== undefined;
    },
  },
  {
    rule: 'recovery needs the report of the agent',
    file: 'recovery.ts',
    find: '!recovery.reported || ',
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open({ incarnation: 'inc-2' });
      node.pass(61);
      node.do({ kind: 'claim', token: 'r1' });
      node.list(all);
      return node.known().recovery !== undefined;
    },
  },
  {
    rule: 'what recovery finds starts by cooling',
    file: 'recovery.ts',
    find: 'if (!recovery.needsListing) return;',
    put: 'return;',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open({ incarnation: 'inc-2' });
      node.sync();
      node.pass(61);
      node.do({ kind: 'claim', token: 'r1' });
      node.list(all);
      return node.known().recovery === undefined && node.state(ip) === 'cooling';
    },
  },
  {
    rule: 'an address that nothing explains starts by cooling',
    file: 'refill/listing.ts',
    find: "state: { kind: 'cooling', releasedAtMs: nowMs, untilMs },",
    put: "state: { kind: 'idle' },",
    holds: (core) => {
      const node = new ReadyNode(core);
      node.list([...all, '10.0.0.9']);
      return node.state('10.0.0.9') === 'cooling';
    },
  },
  {
    rule: 'an address that an open call may explain waits for it',
    file: 'refill/listing.ts',
    find: 'if (explained) return;',
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.do({
        kind: 'open-intent',
        guard: node.guard(),
        intent: { kind: 'assign', id: 'a1', eniId: 'eni-1', count: 1 },
      });
      node.list([...all, '10.0.0.9']);
      return node.state('10.0.0.9') === undefined;
    },
  },
  {
    rule: 'only the holder of the claim commits',
    file: 'fence.ts',
    find: 'if (draft.claim?.token !== guard.token) return',
    put: 'if (false) return',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.pass(6);
      node.do({ kind: 'claim', token: 'r2' });
      return reasonOf(node.list([])) === 'claim-lost';
    },
  },
  {
    rule: 'a claim that is renewed cannot be taken',
    file: 'refill/claim.ts',
    find: 'holder.token !== command.token && holder.untilMs > nowMs',
    put: 'false',
    holds: (core) => reasonOf(new ReadyNode(core).do({ kind: 'claim', token: 'r2' })) === 'claim-lost',
  },
  {
    rule: 'a claim that was given back is free, and only its holder can give it back',
    file: 'step.ts',
    find: 'draft.claim = undefined;',
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core);
      const generation = node.record?.generation ?? '';
      const stranger = node.do({ kind: 'release-claim', guard: { token: 'r2', generation } });
      node.do({ kind: 'release-claim', guard: { token: 'r1', generation } });
      return reasonOf(stranger) === 'claim-lost' && node.do({ kind: 'claim', token: 'r2' }).ok;
    },
  },
  {
    rule: 'a replica of another generation commits nothing',
    file: 'fence.ts',
    find: 'if (draft.generation !== guard.generation) {',
    put: 'if (false) {',
    holds: (core) => {
      const node = new ReadyNode(core);
      const guard = { token: 'r1', generation: 'older' };
      return reasonOf(node.do({ kind: 'depart', guard, ips: [ip] })) === 'generation-changed';
    },
  },
  {
    rule: 'an address is granted only on an ENI that is in use and seen',
    file: 'eni.ts',
    find: "eni.status === 'in-use' && eni.seen",
    put: 'true',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.renew({ seenMacs: [] });
      return grantedIp(node.allocate('p')) === undefined;
    },
  },
  {
    rule: 'one address operation of an ENI at a time',
    file: 'refill/intents.ts',
    find: 'if (addressOperationOpen(draft, intent.eniId))',
    put: 'if (false)',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.do({
        kind: 'open-intent',
        guard: node.guard(),
        intent: { kind: 'assign', id: 'a1', eniId: 'eni-1', count: 1 },
      });
      node.letGo(ip);
      return reasonOf(node.unassign(ip)) === 'record-changed';
    },
  },
  {
    rule: 'a release frees what its attempt holds, and nothing else',
    file: 'request/release.ts',
    find: 'state.holder.allocationId === command.allocationId &&',
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core);
      const granted = grantedIp(node.allocate('p')) ?? '';
      node.release('p', { allocationId: 'p-0' });
      return node.state(granted) === 'bound';
    },
  },
  {
    rule: 'an allocation that was released before it came is refused',
    file: 'request/allocate.ts',
    find: 'if (draft.tombstones.has(command.allocationId)) {',
    put: 'if (false) {',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.release('p');
      return reasonOf(node.allocate('p')) === 'allocation-released';
    },
  },
  {
    rule: 'a call that comes after its own deadline changes nothing',
    file: 'request/allocate.ts',
    find: 'if (command.untilMs <= nowMs) return',
    put: 'if (false) return',
    holds: (core) => {
      const node = new ReadyNode(core);
      return reasonOf(node.allocate('p', { untilMs: node.nowMs })) === 'pool-exhausted';
    },
  },
  {
    rule: 'who waits longer comes first',
    file: 'request/allocate.ts',
    find: 'usable.length > longer.length',
    put: 'usable.length > 0',
    holds: (core) => {
      const node = new ReadyNode(core, 1);
      node.allocate('first');
      node.allocate('waits');
      node.release('first', {});
      node.pass(10);
      node.allocate('waits');
      node.pass(51);
      node.allocate('waits', { untilMs: node.nowMs + 60_000 });
      node.renew();
      return grantedIp(node.allocate('late')) === undefined;
    },
  },
  {
    rule: 'cooling lasts for the cooldown',
    file: 'usable.ts',
    find: 'state.untilMs <= nowMs && ',
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core, 1);
      node.allocate('p');
      node.release('p');
      node.pass(59);
      node.renew();
      return grantedIp(node.allocate('q')) === undefined;
    },
  },
  {
    rule: 'cooling lasts until the agent has renewed after the release',
    file: 'usable.ts',
    find: ' && record.agent.lastRenewMs > state.releasedAtMs',
    put: '',
    holds: (core) => {
      const node = new ReadyNode(core, 1);
      node.pass(1);
      node.allocate('p');
      node.release('p');
      node.pass(61);
      return grantedIp(node.allocate('q')) === undefined;
    },
  },
  {
    rule: 'what is wired stays bound at Sync',
    file: 'request/sync.ts',
    find: "if (wired.holder !== undefined) return { kind: 'bound', holder: wired.holder };",
    put: 'if (wired.holder !== undefined) return state;',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open();
      node.sync({ wired: [wired('p', ip)] });
      return node.state(ip) === 'bound';
    },
  },
  {
    rule: 'what is wired without a known owner is quarantined',
    file: 'request/sync.ts',
    find: "return { kind: 'quarantined', cause: 'unknown-owner' };",
    put: 'return state;',
    holds: (core) => {
      const node = new ReadyNode(core);
      node.open();
      node.sync({ wired: [{ ip, eniMac: 'mac-1' }] });
      return node.state(ip) === 'quarantined';
    },
  },
  {
    rule: 'an address that the agent found in use is quarantined',
    file: 'request/release.ts',
    find: 'command.addressInUse',
    put: 'false',
    holds: (core) => {
      const node = new ReadyNode(core);
      const granted = grantedIp(node.allocate('p')) ?? '';
      node.release('p', { addressInUse: true });
      return node.state(granted) === 'quarantined';
    },
  },
  {
    rule: "a silent node's leases are quarantined and nothing is freed",
    file: 'refill/claim.ts',
    find: 'quarantineSilence(draft, nowMs, times);\n  ripen',
    put: 'ripen',
    holds: (core) => {
      const node = new ReadyNode(core);
      const granted = grantedIp(node.allocate('p')) ?? '';
      node.pass(301);
      node.do({ kind: 'claim', token: 'r1' });
      return node.state(granted) === 'quarantined';
    },
  },
  {
    rule: 'time does not run backwards',
    file: 'step.ts',
    find: 'Math.max(base.clockMs, nowMs)',
    put: 'nowMs',
    holds: (core) => {
      const node = new ReadyNode(core);
      const before = node.known().clockMs;
      node.pass(-3_600);
      node.renew();
      return node.known().clockMs === before;
    },
  },
];
