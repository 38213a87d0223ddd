import type { CloudEni } from '@terway/cloud';
import type { ListedEni } from '@terway/ipam-core';

/** The node's secondary ENIs of ours as the core takes them in; `cidrOf` gives the CIDR of a vSwitch. */
export function listedEnis(enis: readonly CloudEni[], cidrOf: (vSwitchId: string) => string): ListedEni[] {
  return enis.flatMap((eni): ListedEni[] => {
    const status = statuses[eni.status];
    if (eni.type !== 'Secondary' || status === undefined) return [];
    const { eniId, mac, vSwitchId, zoneId, primaryIp, ips } = eni;
    return [{ eniId, mac, vSwitchId, zoneId, primaryIp, ips, cidr: cidrOf(vSwitchId), status }];
  });
}

const statuses: Partial<Record<CloudEni['status'], ListedEni['status']>> = {
  Attaching: 'attaching',
  InUse: 'in-use',
  Detaching: 'leaving',
  Deleting: 'leaving',
};
