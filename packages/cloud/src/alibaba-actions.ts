import { createdEniOf, eniOf, instanceOf, instanceTypeOf, vSwitchOf } from './alibaba-answers.js';
import type { Answer } from './answer.js';
import type {
  AssignAddresses,
  CloudEni,
  CloudInstance,
  CloudInstanceType,
  CloudVSwitch,
  CreateEni,
  EniFilter,
  EniOnInstance,
  UnassignAddresses,
} from './cloud-api.js';
import type { Page } from './pages.js';

/** One request: what goes out, and how to read what comes back. */
export interface Action<T> {
  readonly product: 'ecs' | 'vpc';
  readonly name: string;
  /** By wire names; what has no value is not sent, lists become `Name.1`, `Name.2`. */
  readonly query: Readonly<Record<string, unknown>>;
  /** @throws MalformedAnswer */
  readonly read: (answer: Answer) => T;
}

/** Rows of a page, the most that each listing takes. */
const pageSize = { enis: 500, instances: 100, instanceTypes: 100, vSwitches: 50 } as const;

/** What every action of a region needs. The clock gives the age of an ENI where an answer does not tell it. */
export interface ActionContext {
  readonly regionId: string;
  readonly nowMs: () => number;
}

export function createEni({ regionId, nowMs }: ActionContext, call: CreateEni): Action<CloudEni> {
  const query = {
    RegionId: regionId,
    VSwitchId: call.vSwitchId,
    SecurityGroupIds: call.securityGroupIds,
    // a count of 0 is refused
    SecondaryPrivateIpAddressCount: call.secondaryAddresses === 0 ? undefined : call.secondaryAddresses,
    NetworkInterfaceName: call.name,
    Description: call.description,
    Tag: tagList(call.tags),
    ResourceGroupId: call.resourceGroupId,
    ClientToken: call.clientToken,
  };
  return { product: 'ecs', name: 'CreateNetworkInterface', query, read: (answer) => createdEniOf(answer, nowMs()) };
}

export function attachEni({ regionId }: ActionContext, call: EniOnInstance): Action<void> {
  return ecsWrite('AttachNetworkInterface', {
    RegionId: regionId,
    NetworkInterfaceId: call.eniId,
    InstanceId: call.instanceId,
  });
}

export function detachEni({ regionId }: ActionContext, call: EniOnInstance): Action<void> {
  return ecsWrite('DetachNetworkInterface', {
    RegionId: regionId,
    NetworkInterfaceId: call.eniId,
    InstanceId: call.instanceId,
  });
}

export function deleteEni({ regionId }: ActionContext, eniId: string): Action<void> {
  return ecsWrite('DeleteNetworkInterface', { RegionId: regionId, NetworkInterfaceId: eniId });
}

export function assignAddresses({ regionId }: ActionContext, call: AssignAddresses): Action<readonly string[]> {
  const query = {
    RegionId: regionId,
    NetworkInterfaceId: call.eniId,
    SecondaryPrivateIpAddressCount: call.count,
    ClientToken: call.clientToken,
  };
  const read = (answer: Answer): readonly string[] => {
    const assigned = answer.part('AssignedPrivateIpAddressesSet');
    assigned.text('NetworkInterfaceId');
    return assigned.texts('PrivateIpSet', 'PrivateIpAddress');
  };
  return { product: 'ecs', name: 'AssignPrivateIpAddresses', query, read };
}

export function unassignAddresses({ regionId }: ActionContext, call: UnassignAddresses): Action<void> {
  return ecsWrite('UnassignPrivateIpAddresses', {
    RegionId: regionId,
    NetworkInterfaceId: call.eniId,
    PrivateIpAddress: call.ips,
  });
}

export function describeEnis(context: ActionContext, filter: EniFilter, cursor?: string): Action<Page<CloudEni>> {
  const query = {
    RegionId: context.regionId,
    NetworkInterfaceId: filter.eniIds,
    InstanceId: filter.instanceId,
    Tag: tagList(filter.tags ?? {}),
    Status: filter.status,
    MaxResults: pageSize.enis,
    NextToken: cursor,
  };
  const rowOf = (row: Answer): CloudEni => eniOf(row, context.nowMs());
  const read = tokenPage('NetworkInterfaceSets', 'NetworkInterfaceSet', rowOf);
  return { product: 'ecs', name: 'DescribeNetworkInterfaces', query, read };
}

export function describeInstances(
  { regionId }: ActionContext,
  instanceIds: readonly string[],
  cursor?: string,
): Action<Page<CloudInstance>> {
  const query = {
    RegionId: regionId,
    // a JSON list in a text, unlike every other list of ids
    InstanceIds: JSON.stringify(instanceIds),
    MaxResults: pageSize.instances,
    NextToken: cursor,
  };
  return { product: 'ecs', name: 'DescribeInstances', query, read: tokenPage('Instances', 'Instance', instanceOf) };
}

/** The one action without a region. */
export function describeInstanceTypes(types: readonly string[], cursor?: string): Action<Page<CloudInstanceType>> {
  const query = { InstanceTypes: types, MaxResults: pageSize.instanceTypes, NextToken: cursor };
  const read = tokenPage('InstanceTypes', 'InstanceType', instanceTypeOf);
  return { product: 'ecs', name: 'DescribeInstanceTypes', query, read };
}

/** Of the VPC product: the ECS action of the same name is deprecated. Pages have numbers, from 1. */
export function describeVSwitches(
  { regionId }: ActionContext,
  vpcId: string,
  cursor = '1',
): Action<Page<CloudVSwitch>> {
  const pageNumber = Number(cursor);
  const query = { RegionId: regionId, VpcId: vpcId, PageNumber: pageNumber, PageSize: pageSize.vSwitches };
  const read = (answer: Answer): Page<CloudVSwitch> => {
    const rows = answer.list('VSwitches', 'VSwitch').map(vSwitchOf);
    const more = pageNumber * pageSize.vSwitches < answer.count('TotalCount');
    return { rows, next: more ? String(pageNumber + 1) : undefined };
  };
  return { product: 'vpc', name: 'DescribeVSwitches', query, read };
}

function ecsWrite(name: string, query: Action<void>['query']): Action<void> {
  return { product: 'ecs', name, query, read: () => undefined };
}

function tokenPage<T>(wrapper: string, field: string, rowOf: (row: Answer) => T): (answer: Answer) => Page<T> {
  return (answer) => ({
    rows: answer.list(wrapper, field).map(rowOf),
    next: answer.textOr('NextToken', '') || undefined,
  });
}

function tagList(tags: Readonly<Record<string, string>>): readonly { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
