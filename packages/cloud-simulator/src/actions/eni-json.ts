import type { Eni, Tags, World } from '../world.js';
import type { JsonObject } from '../json-object.js';

/** What CreateNetworkInterface answers of an ENI, and DescribeNetworkInterfaces lists with more beside it. */
export function eniJson(world: World, eni: Eni): JsonObject {
  return {
    NetworkInterfaceId: eni.id,
    Status: eni.status,
    Type: eni.type,
    MacAddress: eni.mac,
    PrivateIpAddress: eni.primaryIp,
    PrivateIpSets: { PrivateIpSet: privateIps(eni) },
    Ipv6Sets: { Ipv6Set: [] },
    Ipv4PrefixSets: { Ipv4PrefixSet: [] },
    Ipv6PrefixSets: { Ipv6PrefixSet: [] },
    SecurityGroupIds: { SecurityGroupId: eni.securityGroupIds },
    Tags: { Tag: ecsTags(eni.tags) },
    VSwitchId: eni.vSwitchId,
    VpcId: eni.vpcId,
    ZoneId: eni.zoneId,
    OwnerId: world.ownerId,
    ResourceGroupId: eni.resourceGroupId,
    ServiceManaged: false,
    SourceDestCheck: false,
    Description: eni.description,
    NetworkInterfaceName: eni.name,
  };
}

export function listedEniJson(world: World, eni: Eni): JsonObject {
  return {
    ...eniJson(world, eni),
    InstanceId: eni.attachment?.instanceId ?? '',
    Attachment: eni.attachment
      ? { InstanceId: eni.attachment.instanceId, DeviceIndex: eni.attachment.deviceIndex, NetworkCardIndex: 0 }
      : {},
    CreationTime: utcSeconds(eni.createdAtMs),
    DeleteOnRelease: eni.deleteOnRelease,
    NetworkInterfaceTrafficMode: 'Standard',
  };
}

export function privateIps(eni: Eni): readonly JsonObject[] {
  return eni.ips.map((ip) => ({ PrivateIpAddress: ip, Primary: ip === eni.primaryIp }));
}

/** ECS names the halves of a tag otherwise than VPC does. */
export function ecsTags(tags: Tags): readonly JsonObject[] {
  return Object.entries(tags).map(([key, value]) => ({ TagKey: key, TagValue: value }));
}

/** `2026-01-31T08:09:10Z` */
export function utcSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
