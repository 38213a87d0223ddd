import { enisOn } from '../eni-book.js';
import { type FilterTable, fits } from '../filters.js';
import { numberedPage, pageAfterToken } from '../paging.js';
import { clamped, jsonList, type Params, tags } from '../params.js';
import type { Instance, World } from '../world.js';
import type { JsonObject } from '../json-object.js';
import type { Action } from './action.js';
import { ecsTags, privateIps, utcSeconds } from './eni-json.js';

const maxIds = 100;

/** Unknown ids are missing, which is no error. */
export const describeInstances: Action = {
  product: 'ecs',
  name: 'DescribeInstances',
  needsRegion: true,
  takesToken: false,
  run(world, params) {
    const matching = [...world.instances.values()]
      .map((instance, order) => ({ instance, order }))
      .filter(matches(params));
    const { rows, ...paging } = page(matching, params);
    return {
      Instances: { Instance: rows.map(({ instance }) => instanceJson(world, instance)) },
      ...paging,
      TotalCount: matching.length,
    };
  },
};

/** Position in listings: the order in which instances were made. */
interface Row {
  readonly instance: Instance;
  readonly order: number;
}

function page(matching: readonly Row[], params: Params): JsonObject & { readonly rows: readonly Row[] } {
  if (params.has('PageNumber') || params.has('PageSize')) {
    const { rows, number, size } = numberedPage(matching, params, { max: 100, otherwise: 10 });
    return { rows, NextToken: '', PageNumber: number, PageSize: size };
  }
  const size = clamped(params, 'MaxResults', { min: 10, max: 100, otherwise: 10 });
  const { rows, nextToken } = pageAfterToken(matching, params, size, ({ order }) => order);
  return { rows, NextToken: nextToken, PageNumber: 1, PageSize: size };
}

const filters: FilterTable<Instance> = {
  VpcId: (instance) => instance.vpcId,
  VSwitchId: (instance) => instance.vSwitchId,
  ZoneId: (instance) => instance.zoneId,
  Status: (instance) => instance.status,
  InstanceType: (instance) => instance.instanceType,
};

function matches(params: Params): (row: Row) => boolean {
  const ids = jsonList(params, 'InstanceIds', maxIds);
  const wantedTags = Object.entries(tags(params));
  const fitsOthers = fits(params, filters);
  return ({ instance }) =>
    (ids === undefined || ids.includes(instance.id)) &&
    fitsOthers(instance) &&
    wantedTags.every(([key, value]) => instance.tags[key] === value);
}

function instanceJson(world: World, instance: Instance): JsonObject {
  return {
    InstanceId: instance.id,
    InstanceName: instance.id,
    HostName: instance.id,
    InstanceType: instance.instanceType,
    InstanceTypeFamily: instance.instanceType.split('.').slice(0, 2).join('.'),
    RegionId: world.regionId,
    ZoneId: instance.zoneId,
    Status: instance.status,
    CreationTime: utcSeconds(instance.createdAtMs),
    VpcAttributes: {
      VpcId: instance.vpcId,
      VSwitchId: instance.vSwitchId,
      PrivateIpAddress: { IpAddress: [instance.primaryIp] },
      NatIpAddress: '',
    },
    SecurityGroupIds: { SecurityGroupId: instance.securityGroupIds },
    NetworkInterfaces: {
      NetworkInterface: enisOn(world, instance.id).map((eni) => ({
        NetworkInterfaceId: eni.id,
        MacAddress: eni.mac,
        PrimaryIpAddress: eni.primaryIp,
        Type: eni.type,
        PrivateIpSets: { PrivateIpSet: privateIps(eni) },
        Ipv6Sets: { Ipv6Set: [] },
      })),
    },
    Tags: { Tag: ecsTags(instance.tags) },
  };
}
