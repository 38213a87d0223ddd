import { dueQueue } from './due-queue.js';
import { knownInstanceTypes } from './instance-types.js';
import type { Knobs } from './knobs.js';
import type { LinkEvent } from './link-event.js';
import { seededRandom } from './random.js';
import type { Quotas, World } from './world.js';

export interface WorldOptions {
  readonly seed: number;
  readonly regionId: string;
  readonly knobs: Knobs;
  readonly quotas?: Partial<Quotas>;
  readonly onLink: (event: LinkEvent) => void;
}

/** Quotas that an account usually has once it runs a cluster. */
const usualQuotas: Quotas = { enis: 50_000, addressesPerVpc: 60_000, securityGroupsPerEni: 5 };

/** An account that owns nothing yet. */
export function newWorld({ seed, regionId, knobs, quotas, onLink }: WorldOptions): World {
  const stream = (purpose: string) => seededRandom(`${seed}/${purpose}`);
  return {
    regionId,
    ownerId: '1234567890123456',
    knobs,
    quotas: { ...usualQuotas, ...quotas },
    vpcs: new Map(),
    vSwitches: new Map(),
    securityGroups: new Map(),
    instances: new Map(),
    instanceTypes: new Map(knownInstanceTypes.map((type) => [type.id, type])),
    enis: new Map(),
    enisOn: new Map(),
    lagging: new Set(),
    due: dueQueue(),
    random: {
      ids: stream('ids'),
      addresses: stream('addresses'),
      requests: stream('requests'),
      durations: stream('durations'),
      lag: stream('lag'),
      latency: stream('latency'),
      faults: stream('faults'),
    },
    touched: new Set(),
    eniCount: 0,
    enisCreated: 0,
    onLink,
  };
}
