import type { Answer } from './answer.js';
import type { CloudEni, CloudInstance, CloudInstanceType, CloudVSwitch, EniStatus } from './cloud-api.js';

const statuses: readonly EniStatus[] = [
  'Creating',
  'Available',
  'Attaching',
  'InUse',
  'Detaching',
  'Deleting',
  'CreateFailed',
];

const types: readonly CloudEni['type'][] = ['Primary', 'Secondary', 'Trunk', 'Member'];

/**
 * The answer to a creation. @throws MalformedAnswer for instance when the id is empty, which means that the creation
 * has to be asked for again
 */
export function createdEniOf(answer: Answer, nowMs: number): CloudEni {
  for (const field of ['NetworkInterfaceId', 'MacAddress', 'PrivateIpAddress']) answer.text(field);
  return eniOf(answer, nowMs);
}

/**
 * An ENI of a listing; one that is coming or going may lack MAC and addresses. Without a creation time it counts as
 * created at `nowMs`, since the young are left alone.
 *
 * @throws MalformedAnswer
 */
export function eniOf(row: Answer, nowMs: number): CloudEni {
  const primaryIp = row.textOr('PrivateIpAddress', '');
  const secondary = row.list('PrivateIpSets', 'PrivateIpSet').map((set) => set.text('PrivateIpAddress'));
  const instanceId = row.textOr('InstanceId', '') || row.part('Attachment').textOr('InstanceId', '');
  const createdAtMs = Date.parse(row.textOr('CreationTime', ''));
  return {
    eniId: row.text('NetworkInterfaceId'),
    mac: row.textOr('MacAddress', '').toLowerCase(),
    // a type that we do not know is one that we must not touch, like a member of a trunk
    type: types.find((type) => type === row.textOr('Type', 'Secondary')) ?? 'Member',
    status: statuses.find((status) => status === row.textOr('Status', '')) ?? 'Unknown',
    vSwitchId: row.text('VSwitchId'),
    vpcId: row.textOr('VpcId', ''),
    zoneId: row.textOr('ZoneId', ''),
    ...(instanceId === '' ? {} : { instanceId }),
    primaryIp,
    ips: [...new Set([primaryIp, ...secondary])].filter((ip) => ip !== ''),
    securityGroupIds: row.texts('SecurityGroupIds', 'SecurityGroupId'),
    tags: Object.fromEntries(row.list('Tags', 'Tag').map((tag) => [tag.text('TagKey'), tag.textOr('TagValue', '')])),
    createdAtMs: Number.isNaN(createdAtMs) ? nowMs : createdAtMs,
  };
}

/** @throws MalformedAnswer */
export function instanceOf(row: Answer): CloudInstance {
  const vpc = row.part('VpcAttributes');
  return {
    instanceId: row.text('InstanceId'),
    instanceType: row.text('InstanceType'),
    zoneId: row.text('ZoneId'),
    vpcId: vpc.text('VpcId'),
    vSwitchId: vpc.text('VSwitchId'),
    status: row.text('Status'),
    primaryIp: vpc.texts('PrivateIpAddress', 'IpAddress')[0] ?? '',
    securityGroupIds: row.texts('SecurityGroupIds', 'SecurityGroupId'),
  };
}

/** @throws MalformedAnswer */
export function instanceTypeOf(row: Answer): CloudInstanceType {
  return {
    instanceType: row.text('InstanceTypeId'),
    enis: row.count('EniQuantity'),
    ipsPerEni: row.count('EniPrivateIpAddressQuantity'),
  };
}

/** @throws MalformedAnswer */
export function vSwitchOf(row: Answer): CloudVSwitch {
  return {
    vSwitchId: row.text('VSwitchId'),
    vpcId: row.text('VpcId'),
    zoneId: row.text('ZoneId'),
    cidr: row.text('CidrBlock'),
    freeAddresses: row.count('AvailableIpAddressCount'),
  };
}
