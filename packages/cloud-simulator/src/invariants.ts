import { addressAt, foreign, offsetOf, releasing } from './address-pool.js';
import { allEnis, eniOf, enisOn } from './eni-book.js';
import type { Eni, EniStatus, World } from './world.js';

/**
 * What must hold whatever the calls were. A violation is a bug of the simulator, and is never to pass as a bug of its client.
 * @returns one sentence per violation
 */
export function violations(world: World): readonly string[] {
  const enis = allEnis(world);
  return [
    ...enis.flatMap((eni) => violationsOfEni(world, eni)),
    ...addressViolations(world),
    ...[...world.vpcs.values()].flatMap((vpc) =>
      differs(
        vpc.id,
        'addresses',
        vpc.usedAddresses,
        addressesOf(enis, (eni) => eni.vpcId === vpc.id),
      ),
    ),
    ...[...world.securityGroups.values()].flatMap((group) =>
      differs(
        group.id,
        'addresses',
        group.usedAddresses,
        addressesOf(enis, (eni) => eni.securityGroupIds.includes(group.id)),
      ),
    ),
    ...differs('the account', 'ENIs', world.eniCount, enis.length),
  ];
}

/** The cheap part: only ENIs that were written since it was last asked. */
export function recentViolations(world: World): readonly string[] {
  const written = [...world.touched].flatMap((eniId) => eniOf(world, eniId) ?? []);
  world.touched.clear();
  return written.flatMap((eni) => violationsOfEni(world, eni));
}

const transitionOf = {
  Available: undefined,
  Attaching: 'attach',
  InUse: undefined,
  Detaching: 'detach',
  Deleting: 'delete',
} as const satisfies Record<EniStatus, string | undefined>;

function violationsOfEni(world: World, eni: Eni): readonly string[] {
  const pool = world.vSwitches.get(eni.vSwitchId)?.pool;
  const instance = world.instances.get(eni.attachment?.instanceId ?? '');
  const type = world.instanceTypes.get(instance?.instanceType ?? '');
  const strangers = eni.ips.filter((ip) => !pool || pool.holders.get(offsetOf(pool, ip) ?? -1) !== eni.id);
  const rules: readonly (readonly [holds: boolean, otherwise: string])[] = [
    [strangers.length === 0, `lists ${strangers.join(', ')}, which its vSwitch does not hold for it`],
    [new Set(eni.ips).size === eni.ips.length, 'lists an address twice'],
    [eni.ips[0] === eni.primaryIp, 'does not list its primary address first'],
    [eni.transition?.kind === transitionOf[eni.status], `is ${eni.status}, its transition is ${eni.transition?.kind}`],
    [!eni.attachment || instance !== undefined, 'is attached to no instance that exists'],
    [
      !type || enisOn(world, instance?.id ?? '').length <= type.enis,
      `makes more ENIs than ${type?.enis} on an instance`,
    ],
    [!type || eni.ips.length <= type.ipsPerEni, `has more addresses than ${type?.ipsPerEni}`],
    [isAttached(eni) === (eni.attachment !== undefined), `is ${eni.status}, but its attachment says otherwise`],
  ];
  return rules.flatMap(([holds, otherwise]) => (holds ? [] : [`ENI ${eni.id} ${otherwise}`]));
}

/** Every address that is held for an ENI must be listed by it: with the rule above, none can be in two places. */
function addressViolations(world: World): readonly string[] {
  return [...world.vSwitches.values()].flatMap(({ id, pool }) =>
    [...pool.holders].flatMap(([offset, holder]) => {
      if (holder === foreign || holder === releasing) return [];
      const ip = addressAt(pool, offset);
      return eniOf(world, holder)?.ips.includes(ip)
        ? []
        : [`vSwitch ${id} holds ${ip} for ${holder}, which does not list it`];
    }),
  );
}

function isAttached(eni: Eni): boolean {
  return eni.status === 'Attaching' || eni.status === 'InUse' || eni.status === 'Detaching';
}

function addressesOf(enis: readonly Eni[], counts: (eni: Eni) => boolean): number {
  return enis.filter(counts).reduce((sum, eni) => sum + eni.ips.length, 0);
}

function differs(what: string, of: string, counted: number, found: number): readonly string[] {
  return counted === found ? [] : [`${what} counts ${counted} ${of}, found ${found}`];
}
