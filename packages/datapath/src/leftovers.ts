import { hostPrefix } from './address.js';
import type { NamespaceFacts } from './facts.js';
import { isHostIfName } from './names.js';
import { fromPodPriority, toPodPriority } from './planners/policy-route.js';
import type { Removal, Undo } from './undo.js';
import { type WiredAddress, wiredAddresses, type WiredBy } from './wired.js';

/** What a pod that is gone left behind. */
export interface Leftover {
  /** The address that it was wired with; undefined for a link that nothing points to. */
  readonly wired: WiredAddress | undefined;
  readonly undo: Undo;
}

/**
 * Host-side facts of pods that are not alive. Anyone may have set a rule of our priorities: the caller
 * removes a leftover only if the address is the node's to give.
 */
export function findLeftovers(
  host: NamespaceFacts,
  alive: { readonly ips: ReadonlySet<string>; readonly hostIfNames: ReadonlySet<string> },
): readonly Leftover[] {
  const doomed = host.links.filter(({ dev }) => isHostIfName(dev) && !alive.hostIfNames.has(dev)).map(({ dev }) => dev);
  const wired = wiredAddresses({ host, pod: undefined }).filter(({ ip }) => !alive.ips.has(ip));
  const named = new Set(wired.map(({ hostIfName }) => hostIfName));
  return [
    ...wired.map((address) => ({
      wired: address,
      undo: { removals: removalsOf(address), doomedLinks: doomed.filter((dev) => dev === address.hostIfName) },
    })),
    ...doomed
      .filter((dev) => !named.has(dev))
      .map((dev) => ({ wired: undefined, undo: { removals: [], doomedLinks: [dev] } })),
  ];
}

function removalsOf({ ip, by, hostIfName }: WiredAddress): readonly Removal[] {
  const prefix = hostPrefix(ip);
  const found: Record<WiredBy, readonly Removal[]> = {
    'rule-from-pod': [{ kind: 'no-rule', match: 'from', prefix, priority: fromPodPriority }],
    'rule-to-pod': [{ kind: 'no-rule', match: 'to', prefix, priority: toPodPriority }],
    'host-route': hostIfName === undefined ? [] : [{ kind: 'no-route', to: prefix, dev: hostIfName, table: 'main' }],
    'pod-address': [],
  };
  return by.flatMap((sighting) => found[sighting]);
}
