import { foreignAddresses } from '../address-book.js';
import { freeAddresses } from '../address-pool.js';
import { seenAt } from '../lagged.js';
import type { SimulatedCloud } from '../simulated-cloud.js';

/** The world as it truly is, part by part, for reading only. */
export function trueState(cloud: SimulatedCloud): Readonly<Record<string, readonly object[]>> {
  const enis = cloud.enis();
  const { world } = cloud;
  const nowMs = cloud.clock.nowMs();
  return {
    vpcs: [...world.vpcs.values()],
    vswitches: [...world.vSwitches.values()].map((vSwitch) => {
      const { id, vpcId, zoneId, cidr, name, pool, shownFree } = vSwitch;
      const foreign = foreignAddresses(vSwitch).length;
      return { id, vpcId, zoneId, cidr, name, free: freeAddresses(pool), shownFree: seenAt(shownFree, nowMs), foreign };
    }),
    groups: [...world.securityGroups.values()],
    instances: [...world.instances.values()],
    enis: enis.map(({ order: _order, lockedUntilMs: _locked, ...eni }) => eni),
  };
}
