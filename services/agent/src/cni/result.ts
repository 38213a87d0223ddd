import type { PreviousResult } from './previous-result.js';
import { atLeast, type CniVersion } from './version.js';

/** What a runtime is told about an attached interface. */
export interface AttachedInterface {
  readonly hostInterface: string;
  readonly hostMac: string;
  readonly podInterface: string;
  readonly podMac: string;
  readonly mtu: number;
  /** CNI_NETNS as the runtime gave it. */
  readonly netns: string;
  readonly ip: string;
  /** Next hop of the pod's default route, on the link to the host. */
  readonly nextHop: string;
}

/**
 * The success object of ADD. What an earlier plugin of the chain made stays in front, so that its indexes hold.
 * `ips[].version` exists up to 0.4.0, `interfaces[].mtu` from 1.1.0.
 */
export function renderResult(
  cniVersion: CniVersion,
  attached: AttachedInterface,
  previous: PreviousResult | undefined,
  dns: unknown,
): string {
  const earlier = previous?.interfaces ?? [];
  const mtu = atLeast(cniVersion, '1.1.0') ? { mtu: attached.mtu } : {};
  const version = atLeast(cniVersion, '1.0.0') ? {} : { version: '4' };
  const hostEnd = { name: attached.hostInterface, mac: attached.hostMac, ...mtu };
  const podEnd = { name: attached.podInterface, mac: attached.podMac, ...mtu, sandbox: attached.netns };
  const ip = { ...version, address: `${attached.ip}/32`, gateway: attached.nextHop, interface: earlier.length + 1 };
  const given = dns ?? previous?.dns;
  return JSON.stringify({
    cniVersion,
    interfaces: [...earlier, hostEnd, podEnd],
    ips: [...(previous?.ips ?? []), ip],
    routes: [...(previous?.routes ?? []), { dst: '0.0.0.0/0', gw: attached.nextHop }],
    ...(given === undefined ? {} : { dns: given }),
  });
}
