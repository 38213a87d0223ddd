import type { InstanceType } from '../instance-types.js';
import type { GroupSeed, InstanceSeed, Seed, VpcSeed, VSwitchSeed } from '../seed.js';
import { jsonFields } from './json-fields.js';

/** A seed as JSON. @throws SimulatorError that names the field */
export function parseSeed(value: unknown): Seed {
  const fields = jsonFields(value, '', ['vpcs', 'vSwitches', 'securityGroups', 'instances', 'instanceTypes']);
  const all = <T>(name: string, parse: (item: unknown, path: string) => T): readonly T[] | undefined =>
    fields.given(name, fields.items)?.map((item, index) => parse(item, `${name}[${index}]`));
  return {
    vpcs: all('vpcs', parseVpc),
    vSwitches: all('vSwitches', parseVSwitch),
    securityGroups: all('securityGroups', parseGroup),
    instances: all('instances', parseInstance),
    instanceTypes: all('instanceTypes', parseInstanceType),
  };
}

function parseVpc(value: unknown, path: string): VpcSeed {
  const { given, text } = jsonFields(value, path, ['id', 'cidr']);
  return { id: given('id', text), cidr: text('cidr') };
}

function parseVSwitch(value: unknown, path: string): VSwitchSeed {
  const { given, number, text } = jsonFields(value, path, ['id', 'vpcId', 'zoneId', 'cidr', 'name', 'free']);
  return {
    id: given('id', text),
    vpcId: text('vpcId'),
    zoneId: text('zoneId'),
    cidr: text('cidr'),
    name: given('name', text),
    free: given('free', (name) => number(name, { min: 0 })),
  };
}

function parseGroup(value: unknown, path: string): GroupSeed {
  const { choice, given, text } = jsonFields(value, path, ['id', 'vpcId', 'type']);
  return {
    id: given('id', text),
    vpcId: text('vpcId'),
    type: given('type', (name) => choice(name, ['normal', 'enterprise'])),
  };
}

function parseInstance(value: unknown, path: string): InstanceSeed {
  const names = ['id', 'type', 'vSwitchId', 'securityGroupIds', 'status', 'tags'];
  const { choice, given, record, text, texts } = jsonFields(value, path, names);
  return {
    id: given('id', text),
    type: text('type'),
    vSwitchId: text('vSwitchId'),
    securityGroupIds: texts('securityGroupIds'),
    status: given('status', (name) => choice(name, ['Running', 'Stopped', 'Starting', 'Stopping', 'Pending'])),
    tags: given('tags', record),
  };
}

function parseInstanceType(value: unknown, path: string): InstanceType {
  const { number, text } = jsonFields(value, path, ['id', 'cpus', 'memoryGib', 'enis', 'ipsPerEni']);
  const count = (name: string): number => number(name, { min: 1 });
  return {
    id: text('id'),
    cpus: count('cpus'),
    memoryGib: count('memoryGib'),
    enis: count('enis'),
    ipsPerEni: count('ipsPerEni'),
    ipv6PerEni: 0,
    enisWithMembers: count('enis'),
    trunk: false,
  };
}
