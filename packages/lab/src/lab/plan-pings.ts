import type { PingPlan } from '../pods/reach.js';
import type { Place } from '../report/ping-matrix.js';

export interface PingSource extends Place {
  readonly node: string;
  readonly netns: string;
  /** Gateway of the vSwitch that the address is in. */
  readonly gateway: string;
}

/** Pings grow with the square of the pods; beyond so many, each pod asks others spread evenly over all. */
const mostPods = 48;

/** Every pod to the other pods, to every node, and to the gateway of its vSwitch. */
export function planPings(pods: readonly PingSource[], nodes: readonly Place[]): readonly PingPlan[] {
  return pods.map((pod, index) => ({
    from: placeOf(pod),
    netns: pod.netns,
    targets: [...othersOf(pods, index).map(placeOf), ...spread(nodes, index), { label: 'gateway', ip: pod.gateway }],
  }));
}

/** In the order of the pods while all are asked, so that rows and columns of a matrix agree. */
function othersOf(pods: readonly PingSource[], index: number): readonly PingSource[] {
  if (pods.length - 1 <= mostPods) return pods.filter((_, other) => other !== index);
  return spread([...pods.slice(index + 1), ...pods.slice(0, index)], 0);
}

/** At most `mostPods` of the items, at equal distances, the first at `offset`. */
function spread<T>(items: readonly T[], offset: number): readonly T[] {
  if (items.length <= mostPods) return items;
  return Array.from({ length: mostPods }, (_, step) => {
    const at = Math.floor((step * items.length) / mostPods) + offset;
    return items[at % items.length] as T;
  });
}

function placeOf({ label, ip, node }: PingSource): Place {
  return { label, ip, node };
}
