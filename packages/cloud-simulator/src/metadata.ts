import { gatewayOf } from './address-pool.js';
import { enisAsSeen } from './eni-book.js';
import { netmaskOf } from './ipv4.js';
import { pluggedInto } from './link-event.js';
import type { Eni, Instance, World } from './world.js';

/** A value, or a directory of them. */
type Tree = { readonly [name: string]: string | Tree };

/**
 * What the metadata service tells an instance at a path below `/latest/meta-data/`.
 * @returns undefined where there is nothing: status 404
 */
export function metadataAt(world: World, instanceId: string, path: string, nowMs: number): string | undefined {
  const instance = world.instances.get(instanceId);
  if (!instance) return undefined;
  let found: string | Tree | undefined = metadataOf(world, instance, nowMs);
  for (const name of path.split('/').filter((part) => part !== '')) {
    found = typeof found === 'object' && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return typeof found === 'object' ? listing(found) : found;
}

/** One name a line, directories with a trailing slash. */
function listing(tree: Tree): string {
  return Object.entries(tree)
    .map(([name, value]) => (typeof value === 'string' ? name : `${name}/`))
    .join('\n');
}

function metadataOf(world: World, instance: Instance, nowMs: number): Tree {
  const enis = enisSeenBy(world, instance.id, nowMs);
  const primary = enis.find((eni) => eni.type === 'Primary');
  return {
    'instance-id': instance.id,
    instance: { 'instance-type': instance.instanceType },
    'region-id': world.regionId,
    'zone-id': instance.zoneId,
    'owner-account-id': world.ownerId,
    'serial-number': instance.id,
    hostname: instance.id,
    'private-ipv4': instance.primaryIp,
    ...(primary && { mac: primary.mac }),
    ...placeOf(world, instance),
    network: { interfaces: { macs: Object.fromEntries(enis.map((eni) => [eni.mac, eniTree(world, eni)])) } },
  };
}

function eniTree(world: World, eni: Eni): Tree {
  const pool = world.vSwitches.get(eni.vSwitchId)?.pool;
  return {
    'network-interface-id': eni.id,
    'primary-ip-address': eni.primaryIp,
    'private-ipv4s': JSON.stringify(eni.ips),
    ...(pool && { gateway: gatewayOf(pool), netmask: netmaskOf(pool) }),
    ...placeOf(world, eni),
  };
}

function placeOf(world: World, { vpcId, vSwitchId }: { readonly vpcId: string; readonly vSwitchId: string }): Tree {
  return {
    'vpc-id': vpcId,
    'vpc-cidr-block': world.vpcs.get(vpcId)?.cidr ?? '',
    'vswitch-id': vSwitchId,
    'vswitch-cidr-block': world.vSwitches.get(vSwitchId)?.cidr ?? '',
  };
}

/** Later than the API: the metadata service has a lag of its own. */
function enisSeenBy(world: World, instanceId: string, nowMs: number): readonly Eni[] {
  return enisAsSeen(world, 'metadata', nowMs, { instanceId }).filter((eni) => pluggedInto(eni) === instanceId);
}
