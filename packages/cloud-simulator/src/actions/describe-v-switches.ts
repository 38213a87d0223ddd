import { cloudError } from '../cloud-error.js';
import { type FilterTable, fits } from '../filters.js';
import { seenAt } from '../lagged.js';
import { numberedPage } from '../paging.js';
import { optional } from '../params.js';
import type { VSwitch, World } from '../world.js';
import type { JsonObject } from '../json-object.js';
import type { Action } from './action.js';
import { utcSeconds } from './eni-json.js';

/** Shows the count of free addresses that readers see by now. */
export const describeVSwitches: Action = {
  product: 'vpc',
  name: 'DescribeVSwitches',
  needsRegion: false,
  takesToken: false,
  run(world, params, at) {
    if (optional(params, 'VpcId') === undefined && optional(params, 'RegionId') === undefined) {
      throw cloudError('MissingParameter', '"RegionId" or "VpcId" is mandatory.');
    }
    const matching = [...world.vSwitches.values()].filter(fits(params, filters));
    const { rows, number, size } = numberedPage(matching, params, { max: 50, otherwise: 10 });
    return {
      VSwitches: { VSwitch: rows.map((vSwitch) => vSwitchJson(world, vSwitch, at.nowMs)) },
      PageNumber: number,
      PageSize: size,
      TotalCount: matching.length,
    };
  },
};

const filters: FilterTable<VSwitch> = {
  VpcId: (vSwitch) => vSwitch.vpcId,
  VSwitchId: (vSwitch) => vSwitch.id,
  ZoneId: (vSwitch) => vSwitch.zoneId,
};

function vSwitchJson(world: World, vSwitch: VSwitch, nowMs: number): JsonObject {
  return {
    VSwitchId: vSwitch.id,
    VSwitchName: vSwitch.name,
    VpcId: vSwitch.vpcId,
    ZoneId: vSwitch.zoneId,
    CidrBlock: vSwitch.cidr,
    Ipv6CidrBlock: '',
    EnabledIpv6: false,
    AvailableIpAddressCount: seenAt(vSwitch.shownFree, nowMs),
    Status: 'Available',
    IsDefault: false,
    OwnerId: Number(world.ownerId),
    CreationTime: utcSeconds(vSwitch.createdAtMs),
    Tags: { Tag: [] },
  };
}
