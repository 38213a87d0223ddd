import { createHash } from 'node:crypto';

export interface PodInterface {
  readonly podNamespace: string;
  readonly podName: string;
  /** Name inside the pod. */
  readonly ifName: string;
}

/** Every host end of ours starts with it, so that policy engines that look for `cali` find our pods. */
export const hostIfPrefix = 'cali';

/**
 * Name of the host end, always 15 characters: the prefix and 11 hex digits of SHA-1 over
 * `namespace.podname` and the interface name, where `eth0` counts as empty. Terway's rule: the
 * same pod has the same name under both, so nodes can be moved from one to the other.
 */
export function hostIfNameOf({ podNamespace, podName, ifName }: PodInterface): string {
  const suffix = ifName === 'eth0' ? '' : ifName;
  return `${hostIfPrefix}${sha1(`${podNamespace}.${podName}${suffix}`).slice(0, 11)}`;
}

export function isHostIfName(name: string): boolean {
  return /^cali[0-9a-f]{11}$/.test(name);
}

/** MACs of both ends. They follow from the name, so nothing has to be read back from the kernel. */
export function macsOf(hostIfName: string): { readonly podMac: string; readonly hostMac: string } {
  return { podMac: macFrom(`pod/${hostIfName}`), hostMac: macFrom(`host/${hostIfName}`) };
}

/** Locally administered and unicast: the second hex digit is `e`. */
function macFrom(seed: string): string {
  return `ee:${(sha1(seed).slice(0, 10).match(/../g) ?? []).join(':')}`;
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
