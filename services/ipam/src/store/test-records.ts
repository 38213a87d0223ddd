import type { Address, AddressState, CommandOf, Demand, Eni, Holder, NodeRecord, Owner, Pod } from '@terway/ipam-core';
import * as fc from 'fast-check';

/** A record, and something that an agent asks of it. */
export interface Asked {
  readonly record: NodeRecord;
  readonly asked: { readonly command: CommandOf<'allocate'> | CommandOf<'release'>; readonly nowMs: number };
}

const second = 1_000;
const startMs = 1_764_000_000_000;

/** Few values of everything, so that what belongs together meets often. */
const momentMs = fc.integer({ min: 0, max: 8 }).map((n) => startMs + n * 10 * second);
const rarely = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const sandbox = fc.constantFrom('s1', 's2', 's3/"x"', 's4 ü');
const owner: fc.Arbitrary<Owner> = fc.record({
  network: rarely('terway', fc.constant('other')),
  sandboxId: sandbox,
  interfaceName: rarely('eth0', fc.constant('eth1')),
});
const pod: fc.Arbitrary<Pod> = fc.record({
  namespace: fc.constant('default'),
  name: sandbox,
  uid: fc.constantFrom('u1', 'u2', 'u3', 'u4', ''),
});
const allocationId = fc.constantFrom('a1', 'a2', 'a3', 'a4');
const holder: fc.Arbitrary<Holder> = fc.record({ owner, allocationId, pod });

const addressState: fc.Arbitrary<AddressState> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: 'assigning' } as const) },
  { weight: 4, arbitrary: fc.constant({ kind: 'idle' } as const) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('bound' as const), holder }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('cooling' as const), releasedAtMs: momentMs, untilMs: momentMs }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('quarantined' as const),
      cause: fc.constant('node-silent' as const),
      holder,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'departing' } as const) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('held' as const), untilMs: momentMs, acknowledged: fc.boolean() }),
  },
);

const address = (ip: string): fc.Arbitrary<Address> =>
  fc.record({
    ip: fc.constant(ip),
    eniId: fc.oneof(
      { weight: 6, arbitrary: fc.constant('eni-1') },
      { weight: 2, arbitrary: fc.constantFrom('eni-2', '') },
    ),
    term: fc.constant(`t.${ip}`),
    primary: fc.boolean(),
    sinceMs: momentMs,
    state: addressState,
  });

const eni = (eniId: string): fc.Arbitrary<Eni> =>
  fc.record({
    eniId: fc.constant(eniId),
    mac: fc.constant(`mac/${eniId}`),
    vSwitchId: fc.constant('vsw-1'),
    zoneId: fc.constant('z'),
    cidr: fc.constant('10.0.0.0/24'),
    primaryIp: fc.constant('10.0.0.1'),
    status: rarely('in-use' as const, fc.constantFrom('created', 'attaching', 'leaving')),
    seen: rarely(true, fc.constant(false)),
    sinceMs: momentMs,
  });

const demand: fc.Arbitrary<Demand> = fc.record({ pod, allocationId, sinceMs: momentMs, untilMs: momentMs });

/** A part of `keys`, each with a value. */
function some<T>(keys: readonly string[], value: (key: string) => fc.Arbitrary<T>): fc.Arbitrary<Map<string, T>> {
  return fc
    .tuple(...keys.map((key) => fc.option(value(key), { nil: undefined, freq: 2 }).map((v) => [key, v] as const)))
    .map((entries) => new Map(entries.flatMap(([key, v]): [string, T][] => (v === undefined ? [] : [[key, v]]))));
}

/** An owner holds one address at most, as in every record that commands have made. */
function withoutSecondHolds(addresses: ReadonlyMap<string, Address>): ReadonlyMap<string, Address> {
  const owners = new Set<string>();
  const kept = [...addresses].filter(([, { state }]) => {
    if (state.kind !== 'bound') return true;
    const name = JSON.stringify(state.holder.owner);
    return !owners.has(name) && owners.add(name);
  });
  return new Map(kept);
}

const record: fc.Arbitrary<NodeRecord> = fc.record({
  nodeId: fc.constant('n1'),
  generation: fc.constant('g1'),
  nodeName: fc.constant('node one'),
  clockMs: momentMs,
  agent: fc.record({
    incarnation: fc.constant('i1'),
    session: fc.constant('s1'),
    synced: rarely(true, fc.constant(false)),
    seq: fc.integer({ min: 4, max: 6 }),
    lastRenewMs: momentMs,
    previousIncarnation: fc.constant(''),
    incarnationSinceMs: fc.constant(startMs),
  }),
  recovery: rarely<NodeRecord['recovery']>(
    undefined,
    fc.constant({ cause: 'record-new', sinceMs: startMs, needsListing: true, reported: false, listed: false }),
  ),
  frozenUntilMs: rarely(0, momentMs),
  claim: fc.constant(undefined),
  limits: fc.constant(undefined),
  obstacle: fc.option(
    fc.record({
      reason: fc.constant('vswitch-exhausted' as const),
      message: fc.constant('no free address in vsw-1'),
      details: fc.constant({ vswitch_id: 'vsw-1' }),
      sinceMs: momentMs,
      retryAtMs: momentMs,
    }),
    { nil: undefined },
  ),
  listedAtMs: fc.constant(0),
  enis: some(['eni-1', 'eni-2'], eni),
  addresses: some(['10.0.0.1', '10.0.0.10', '10.0.0.2', '10.0.0.3', '10.0.0.30'], address).map(withoutSecondHolds),
  demand: some(['u1', 'u2', 'u3', 'u4'], () => demand),
  tombstones: some(['a1', 'a2', 'a3'], () => momentMs),
  intents: fc.constant(new Map()),
});

const fence = fc.record({
  incarnation: rarely('i1', fc.constant('i0')),
  session: rarely('s1', fc.constant('s0')),
  generation: rarely('g1', fc.constant('g0')),
  lastAgentSeq: fc.integer({ min: 3, max: 5 }),
});

const command: fc.Arbitrary<Asked['asked']['command']> = fc.oneof(
  fc.record({
    kind: fc.constant('allocate' as const),
    fence,
    owner,
    allocationId,
    pod,
    untilMs: rarely(startMs + 200 * second, momentMs),
  }),
  fc.record({ kind: fc.constant('release' as const), fence, owner, allocationId, addressInUse: fc.boolean() }),
);

export const askedOfRecord: fc.Arbitrary<Asked> = fc.record({ record, asked: fc.record({ command, nowMs: momentMs }) });
