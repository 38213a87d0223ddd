import { soleAddress } from './address.js';
import type { KernelFacts, LinkFact, NamespaceFacts } from './facts.js';
import { isHostIfName } from './names.js';
import { fromPodPriority, podGateway, toPodPriority } from './planners/policy-route.js';

/** What shows that an address is in use on this node. */
export type WiredBy = 'rule-to-pod' | 'rule-from-pod' | 'host-route' | 'pod-address';

export interface WiredAddress {
  readonly ip: string;
  /** Each at most once, in the order of the type. */
  readonly by: readonly WiredBy[];
  /** The host end that the route names; undefined when there is no route. */
  readonly hostIfName: string | undefined;
}

/** Pod addresses that the kernel shows in use, in the order in which they are first seen. */
export function wiredAddresses({ host, pod }: KernelFacts): readonly WiredAddress[] {
  const sightings = [...ruleSightings(host), ...routeSightings(host), ...(pod === undefined ? [] : podSightings(pod))];
  return [...new Set(sightings.map(({ ip }) => ip))].map((ip) => {
    const own = sightings.filter((sighting) => sighting.ip === ip);
    return {
      ip,
      by: [...new Set(own.map(({ by }) => by))],
      hostIfName: own.find(({ hostIfName }) => hostIfName !== undefined)?.hostIfName,
    };
  });
}

/** The link of an ENI, by MAC. Host ends are passed over: the pod of an RDMA device shares its MAC. */
export function findEniLink(host: NamespaceFacts, mac: string): LinkFact | undefined {
  return host.links.find((link) => link.mac === mac && !isHostIfName(link.dev));
}

interface Sighting {
  readonly ip: string;
  readonly by: WiredBy;
  readonly hostIfName?: string;
}

function ruleSightings(host: NamespaceFacts): readonly Sighting[] {
  const plain = host.rules.filter((rule) => !rule.hasOtherSelectors);
  return [
    ...plain
      .filter((rule) => rule.priority === toPodPriority && rule.table === 'main' && rule.from === undefined)
      .flatMap((rule) => sightingsOf(rule.to, 'rule-to-pod')),
    ...plain
      .filter((rule) => rule.priority === fromPodPriority && rule.to === undefined)
      .flatMap((rule) => sightingsOf(rule.from, 'rule-from-pod')),
  ];
}

function routeSightings(host: NamespaceFacts): readonly Sighting[] {
  return host.routes
    .filter((route) => route.table === 'main' && isHostIfName(route.dev))
    .flatMap((route) => sightingsOf(route.to, 'host-route').map((seen) => ({ ...seen, hostIfName: route.dev })));
}

function podSightings(pod: NamespaceFacts): readonly Sighting[] {
  const global = pod.addresses.filter(
    ({ scope, prefix }) => scope === 'global' && !prefix.startsWith(`${podGateway}/`),
  );
  return global.flatMap(({ prefix }) => [{ ip: prefix.split('/')[0] ?? '', by: 'pod-address' as const }]);
}

/** Only a prefix of one address is a pod's. */
function sightingsOf(prefix: string | undefined, by: WiredBy): readonly Sighting[] {
  const ip = prefix === undefined || prefix === 'default' ? undefined : soleAddress(prefix);
  return ip === undefined ? [] : [{ ip, by }];
}
