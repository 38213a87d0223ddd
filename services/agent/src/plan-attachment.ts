import { checkAttachment, DatapathError, hostIfNameOf, macsOf, type PodAttachment } from '@terway/datapath';
import type { Owner, Pod } from '@terway/ipam-core';
import type { LeasedAddress } from './leased-address.js';
import type { KernelView } from './pod-datapath.js';

/** A pod that wants an interface. */
export interface PodWish {
  readonly owner: Owner;
  readonly pod: Pod;
  /** CNI_NETNS as the runtime gave it. */
  readonly netns: string;
}

/** What is the same for all pods of the node. */
export interface NodeAttributes {
  /** The node's own address. */
  readonly hostIp: string;
  readonly mtu: number;
  readonly extraRoutes: readonly string[];
}

/** @throws DatapathError `link-missing`, when no link has the MAC of the address's ENI; `invalid-attachment` */
export function planAttachment(
  wish: PodWish,
  address: LeasedAddress,
  kernel: KernelView,
  node: NodeAttributes,
): PodAttachment {
  const eni = kernel.enis.find(({ mac }) => mac === address.eniMac);
  if (eni === undefined) {
    throw new DatapathError(
      'link-missing',
      `ENI ${address.eniId}: expected a link with MAC ${address.eniMac}, got none`,
    );
  }
  const hostIfName = hostIfNameOfWish(wish);
  return checkAttachment({
    netns: wish.netns,
    ifName: wish.owner.interfaceName,
    hostIfName,
    ...macsOf(hostIfName),
    ip: address.ip,
    vSwitchGateway: address.gateway,
    eni: { ifName: eni.ifName, ifIndex: eni.ifIndex, mac: eni.mac },
    ...node,
  });
}

export function hostIfNameOfWish({ owner, pod }: Pick<PodWish, 'owner' | 'pod'>): string {
  return hostIfNameOf({ podNamespace: pod.namespace, podName: pod.name, ifName: owner.interfaceName });
}

/**
 * True when the kernel shows an address in use by a living pod other than the wished one. Rules without a link are what
 * a vanished pod left behind: they stand in nobody's way.
 */
export function inUseByAnother(ip: string, hostInterface: string, kernel: KernelView): boolean {
  return kernel.addresses.some(
    (shown) => shown.ip === ip && shown.hostInterface !== undefined && shown.hostInterface !== hostInterface,
  );
}
