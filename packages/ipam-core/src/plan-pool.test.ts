import type { Address, AddressState } from './address.js';
import type { Eni } from './eni.js';
import type { Intent } from './intent.js';
import { ReadyNode } from './model/ready-node.js';
import { planPool, type PoolPolicy } from './plan-pool.js';
import type { NodeRecord } from './record.js';
import { step } from './step.js';
import type { VSwitchSupply } from './vswitch.js';

const nowMs = 10_000_000;
const limits = {
  ...{ instanceType: 'ecs.small', zoneId: 'z', vpcId: 'v', vSwitchId: 'vsw-1', securityGroupIds: [] },
  ...{ enis: 3, ipsPerEni: 4 },
};
const policy: PoolPolicy = { minIdle: 2, maxIdle: 4, offlineReserve: 0, vSwitchPolicy: 'most' };
const blank = new ReadyNode({ step, planPool }).known();

interface Holding {
  /** States of the addresses of each ENI, the first one primary; letters as in `states`. */
  readonly enis?: readonly string[];
  readonly waiting?: number;
  readonly intents?: readonly Intent[];
  readonly free?: number;
  readonly reserved?: number;
  readonly full?: boolean;
}

const states: Readonly<Record<string, AddressState>> = {
  i: { kind: 'idle' },
  b: { kind: 'bound', holder: { owner: { network: 'n', sandboxId: 's', interfaceName: 'eth0' }, allocationId: 'a', pod: { namespace: '', name: '', uid: '' } } }, // prettier-ignore
  c: { kind: 'cooling', releasedAtMs: nowMs, untilMs: nowMs + 1 },
  a: { kind: 'assigning' },
  d: { kind: 'departing' },
  u: { kind: 'unassigning' },
  h: { kind: 'held', untilMs: nowMs, acknowledged: true },
};

function recordWith({ enis = [], waiting = 0, intents = [] }: Holding): NodeRecord {
  const addresses: Address[] = enis.flatMap((letters, e) =>
    letters.split('').map((letter, a): Address => {
      const state = states[letter] ?? { kind: 'idle' };
      return { ip: `10.0.${e}.${a}`, eniId: `eni-${e}`, term: 't', primary: a === 0, sinceMs: nowMs - 100 + a, state };
    }),
  );
  const eniOf = (_: string, e: number): Eni => ({
    ...{ eniId: `eni-${e}`, mac: `m-${e}`, vSwitchId: 'vsw-1', zoneId: 'z', cidr: '10.0.0.0/24' },
    ...{ primaryIp: `10.0.${e}.0`, status: 'in-use', seen: true, sinceMs: 0 },
  });
  const demand = { pod: { namespace: '', name: '', uid: '' }, allocationId: 'x', sinceMs: 0, untilMs: nowMs + 1 };
  return {
    ...blank,
    enis: new Map(enis.map(eniOf).map((eni) => [eni.eniId, eni])),
    addresses: new Map(addresses.map((address) => [address.ip, address])),
    demand: new Map(Array.from({ length: waiting }, (_, i) => [`p${i}`, demand])),
    intents: new Map(intents.map((intent) => [intent.id, intent])),
  };
}

const creating: Intent = {
  ...{
    id: 'c',
    createdAtMs: 0,
    attempt: 1,
    paramsHash: '',
    sends: 1,
    attemptSentAtMs: 0,
    lastSentAtMs: 0,
    notBeforeMs: 0,
  },
  ...{ kind: 'create-eni', vSwitchId: 'vsw-1', secondaryAddresses: 1, eniId: '', phase: 'create' },
};

function planFor(holding: Holding) {
  const { free = 100, full = false, reserved = 0 } = holding;
  const supply: VSwitchSupply = {
    ...{ vSwitchId: 'vsw-1', zoneId: 'z', cidr: '10.0.0.0/24', size: 256 },
    ...{ free, reserved, fullUntilMs: full ? nowMs + 1 : 0 },
  };
  const view = { record: recordWith(holding), limits, vSwitches: [supply] };
  return planPool(view, policy, () => 0, nowMs);
}

const create = (secondaryAddresses: number) => ({ kind: 'create-eni', vSwitchId: 'vsw-1', secondaryAddresses });

it.each<[string, Holding, readonly object[]]>([
  ['creates an ENI with what an empty node lacks', {}, [create(1)]],
  ['adds who waits to the low watermark', { waiting: 1 }, [create(2)]],
  ['asks for a second ENI when one does not carry it', { waiting: 4 }, [create(3), create(1)]],
  ['fills what is there before it creates', { enis: ['bb'] }, [{ kind: 'assign', eniId: 'eni-0', count: 2 }]],
  ['waits for what is on its way', { intents: [creating] }, []],
  ['counts an address on an ENI that is not ready yet', { enis: ['baa'] }, []],
  ['does not count what cools', { enis: ['bc'] }, [{ kind: 'assign', eniId: 'eni-0', count: 2 }]],
  ['holds between the watermarks', { enis: ['bii'] }, []],
  ['keeps what was to leave before it asks the cloud', { enis: ['bidd'] }, [{ kind: 'cancel-departure', ips: ['10.0.0.2'] }]], // prettier-ignore
  ['gives back a whole ENI first', { enis: ['biii', 'iii'] }, [{ kind: 'depart', ips: ['10.0.1.1', '10.0.1.2'] }]],
  ['gives back nothing while somebody waits for it', { enis: ['biii', 'iii'], waiting: 2 }, []],
  ['takes away what the agent has let go', { enis: ['biiu'] }, [{ kind: 'unassign', eniId: 'eni-0', ips: ['10.0.0.3'] }]], // prettier-ignore
  ['removes an ENI of which nothing else is left', { enis: ['bii', 'uuh'] }, [{ kind: 'remove-eni', eniId: 'eni-1' }]],
  ['takes what a vSwitch still has', { free: 1 }, [create(0)]],
  ['leaves what calls in flight will take', { free: 5, reserved: 4 }, [create(0)]],
  ['asks the cloud where reservations leave nothing, since its count may show them', { free: 5, reserved: 5 }, [create(1)]], // prettier-ignore
])('%s', (_, holding, actions) => {
  expect(planFor(holding).actions).toEqual(actions);
});

it.each<[string, Holding, string]>([
  ['a vSwitch without addresses', { free: 0 }, 'vswitch-exhausted'],
  ['a vSwitch that the cloud has called full', { full: true }, 'vswitch-exhausted'],
  ['ENIs in a full vSwitch, and no slot left', { enis: ['bbb', 'bbb'], full: true }, 'vswitch-exhausted'],
  ['every slot and every address taken', { enis: ['bbbb', 'bbbb'] }, 'eni-limit-reached'],
])('names what stands in the way: %s', (_, holding, reason) => {
  expect(planFor(holding).obstacle?.reason).toBe(reason);
});

it('names an ENI that the node does not see, after a while', () => {
  const record = recordWith({ enis: ['aa'], waiting: 1 });
  const enis = (sinceMs: number) =>
    new Map([...record.enis].map(([id, eni]) => [id, { ...eni, seen: false, sinceMs }]));
  const obstacleAfter = (ms: number) => {
    const view = { record: { ...record, enis: enis(nowMs - ms) }, limits, vSwitches: [] };
    return planPool(view, { ...policy, minIdle: 0 }, () => 0, nowMs).obstacle;
  };
  expect(obstacleAfter(29_999)).toBeUndefined();
  expect(obstacleAfter(30_000)).toMatchObject({ reason: 'pool-exhausted', details: { eni_id: 'eni-0' } });
});

it('does nothing for a node in recovery', () => {
  const recovery = { cause: 'record-new', sinceMs: 0, needsListing: true, reported: false, listed: false } as const;
  const record = { ...recordWith({ waiting: 3 }), recovery };
  expect(planPool({ record, limits, vSwitches: [] }, policy, () => 0, nowMs)).toEqual({
    actions: [],
    obstacle: undefined,
  });
});
