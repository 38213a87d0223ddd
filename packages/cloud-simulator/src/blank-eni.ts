import { macOf } from './ids.js';
import type { Eni, VSwitch, World } from './world.js';

/** A new ENI of a vSwitch, without what its maker decides. Counts as created. */
export function blankEni(
  world: World,
  vSwitch: VSwitch,
  nowMs: number,
): Omit<Eni, 'id' | 'ips' | 'primaryIp' | 'securityGroupIds'> {
  const order = world.enisCreated++;
  return {
    mac: macOf(order),
    type: 'Secondary',
    status: 'Available',
    vpcId: vSwitch.vpcId,
    vSwitchId: vSwitch.id,
    zoneId: vSwitch.zoneId,
    attachment: undefined,
    tags: {},
    name: '',
    description: '',
    resourceGroupId: '',
    deleteOnRelease: true,
    createdAtMs: nowMs,
    order,
    lockedUntilMs: Number.NEGATIVE_INFINITY,
    transition: undefined,
  };
}
