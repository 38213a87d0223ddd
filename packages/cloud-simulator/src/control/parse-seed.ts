import type { InstanceType } from '../instance-types.js';
import type { GroupSeed, InstanceSeed, Seed, VSwitchSeed } from '../seed.js';
import { type JsonFields, jsonFields, present } from './json-fields.js';

/** A seed as JSON. @throws SimulatorError that names the field */
export function parseSeed(value: unknown): Seed {
  const fields = jsonFields(value, '', ['vpcs', 'vSwitches', 'securityGroups', 'instances', 'instanceTypes']);
  const items =
    <T>(parse: (item: unknown, path: string) => T) =>
    (name: string): readonly T[] =>
      fields.objects(name).map((item, index) => parse(item, `${name}[${index}]`));
  return present<Seed>(fields, {
    vpcs: items(parseVpc),
    vSwitches: items(parseVSwitch),
    securityGroups: items(parseGroup),
    instances: items(parseInstance),
    instanceTypes: items(parseInstanceType),
  });
}

function parseVpc(value: unknown, path: string): { id?: string; cidr: string } {
  const fields = jsonFields(value, path, ['id', 'cidr']);
  return { cidr: fields.text('cidr'), ...idOf(fields) };
}

function parseVSwitch(value: unknown, path: string): VSwitchSeed {
  const fields = jsonFields(value, path, ['id', 'vpcId', 'zoneId', 'cidr', 'name', 'free']);
  return {
    vpcId: fields.text('vpcId'),
    zoneId: fields.text('zoneId'),
    cidr: fields.text('cidr'),
    ...idOf(fields),
    ...present<Pick<VSwitchSeed, 'name' | 'free'>>(fields, {
      name: fields.text,
      free: (name) => fields.number(name, { min: 0 }),
    }),
  };
}

function parseGroup(value: unknown, path: string): GroupSeed {
  const fields = jsonFields(value, path, ['id', 'vpcId', 'type']);
  return {
    vpcId: fields.text('vpcId'),
    ...idOf(fields),
    ...present<Pick<GroupSeed, 'type'>>(fields, { type: (name) => fields.choice(name, ['normal', 'enterprise']) }),
  };
}

function parseInstance(value: unknown, path: string): InstanceSeed {
  const fields = jsonFields(value, path, ['id', 'type', 'vSwitchId', 'securityGroupIds', 'status', 'tags']);
  return {
    type: fields.text('type'),
    vSwitchId: fields.text('vSwitchId'),
    securityGroupIds: fields.texts('securityGroupIds'),
    ...idOf(fields),
    ...present<Pick<InstanceSeed, 'status' | 'tags'>>(fields, {
      status: (name) => fields.choice(name, ['Running', 'Stopped', 'Starting', 'Stopping', 'Pending']),
      tags: fields.record,
    }),
  };
}

function parseInstanceType(value: unknown, path: string): InstanceType {
  const counts = ['cpus', 'memoryGib', 'enis', 'ipsPerEni'] as const;
  const fields = jsonFields(value, path, ['id', ...counts]);
  const [cpus = 0, memoryGib = 0, enis = 0, ipsPerEni = 0] = counts.map((name) => fields.number(name, { min: 1 }));
  return {
    id: fields.text('id'),
    cpus,
    memoryGib,
    enis,
    ipsPerEni,
    ipv6PerEni: 0,
    enisWithMembers: enis,
    trunk: false,
  };
}

function idOf(fields: JsonFields): { readonly id?: string } {
  return fields.has('id') ? { id: fields.text('id') } : {};
}
