import { LabError } from '../lab-error.js';
import { portName } from '../run/names.js';
import type { Fact } from './fact.js';
import { type Eni, gatewayOf, type Vpc } from './vpc.js';

/**
 * What the kernel must hold so that a packet for an address reaches the ENI that owns it and no other, and an ENI sends
 * from its own addresses only. In the order in which the kernel accepts it.
 *
 * @throws LabError `invalid-input` when two ENIs own one address or a value would not be what it says it is
 */
export function planFabric(vpc: Vpc): readonly Fact[] {
  const plugged = vpc.enis.filter((eni) => eni.netns !== undefined);
  refuseSharedAddresses(plugged);
  const locals = [...vpc.vSwitches.map((vSwitch) => gatewayOf(vSwitch.cidr)), ...(vpc.services ?? [])];
  return [...locals.map((ip): Fact => ({ kind: 'local', ip })), ...plugged.toSorted(primaryFirst).flatMap(factsOf)];
}

function factsOf(eni: Eni): Fact[] {
  const { eniId, mac, primary, netns = '' } = eni;
  const port = portName(eniId);
  refuseMalformed(eni);
  return [
    { kind: 'meter', port },
    ...eni.ips.map((ip): Fact => ({ kind: 'permit', port, ip })),
    { kind: 'port', port, eniId, mac, netns, primary },
    ...eni.ips.map((ip): Fact => ({ kind: 'route', port, ip })),
  ];
}

/** A secondary ENI takes the lowest free name, which must not be eth0. */
function primaryFirst(a: Eni, b: Eni): number {
  return Number(b.primary) - Number(a.primary);
}

function refuseSharedAddresses(enis: readonly Eni[]): void {
  const owners = new Map<string, string>();
  for (const { eniId, ips } of enis) {
    for (const ip of ips) {
      const other = owners.get(ip);
      if (other !== undefined) throw new LabError('invalid-input', `${ip} belongs to both ${other} and ${eniId}`);
      owners.set(ip, eniId);
    }
  }
}

const forms = {
  eniId: /^[a-z0-9-]{1,64}$/,
  mac: /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/,
  netns: /^[a-z0-9-]{1,100}$/,
  ip: /^\d{1,3}(\.\d{1,3}){3}$/,
} as const;

/** The values become lines of `ip` and `nft`: none of them may be more than a value. */
function refuseMalformed({ eniId, mac, netns = '', ips }: Eni): void {
  const values = [['eniId', eniId], ['mac', mac], ['netns', netns], ...ips.map((ip) => ['ip', ip] as const)] as const;
  for (const [field, value] of values) {
    if (!forms[field].test(value)) {
      throw new LabError('invalid-input', `${field} of ENI ${eniId}: expected ${forms[field].source}, got '${value}'`);
    }
  }
}
