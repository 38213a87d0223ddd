import type { InstanceType } from '../instance-types.js';
import { pageAfterToken } from '../paging.js';
import { boundedList, clamped, optional } from '../params.js';
import type { JsonObject } from '../json-object.js';
import type { Action } from './action.js';

const maxTypes = 10;
const pageBounds = { min: 1, max: 100, otherwise: 100 };

/** Unknown types are missing, which is no error. */
export const describeInstanceTypes: Action = {
  product: 'ecs',
  name: 'DescribeInstanceTypes',
  needsRegion: false,
  takesToken: false,
  run(world, params) {
    const ids = boundedList(params, 'InstanceTypes', maxTypes);
    const family = optional(params, 'InstanceTypeFamily');
    const matching = [...world.instanceTypes.values()]
      .map((type, order) => ({ type, order }))
      .filter(({ type }) => ids.length === 0 || ids.includes(type.id))
      .filter(({ type }) => family === undefined || familyOf(type) === family);
    const size = clamped(params, 'MaxResults', pageBounds);
    const { rows, nextToken } = pageAfterToken(matching, params, size, ({ order }) => order);
    return { InstanceTypes: { InstanceType: rows.map(({ type }) => instanceTypeJson(type)) }, NextToken: nextToken };
  },
};

function instanceTypeJson(type: InstanceType): JsonObject {
  return {
    InstanceTypeId: type.id,
    InstanceTypeFamily: familyOf(type),
    CpuCoreCount: type.cpus,
    MemorySize: type.memoryGib,
    EniQuantity: type.enis,
    EniPrivateIpAddressQuantity: type.ipsPerEni,
    EniIpv6AddressQuantity: type.ipv6PerEni,
    EniTotalQuantity: type.enisWithMembers,
    EniTrunkSupported: type.trunk,
    EriQuantity: 0,
    NetworkCardQuantity: 1,
    NetworkCards: { NetworkCardInfo: [{ NetworkCardIndex: 0 }] },
  };
}

function familyOf(type: InstanceType): string {
  return type.id.split('.').slice(0, 2).join('.');
}
