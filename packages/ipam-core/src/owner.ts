/** One interface of one sandbox. A restarted sandbox is a new owner; the pod behind it identifies nothing. */
export interface Owner {
  readonly network: string;
  readonly sandboxId: string;
  readonly interfaceName: string;
}

/** Attributes of the pod behind an owner. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

export function sameOwner(a: Owner, b: Owner): boolean {
  return a.network === b.network && a.sandboxId === b.sandboxId && a.interfaceName === b.interfaceName;
}

/** Who keeps a place in the queue: the pod, so that a retry in a new sandbox keeps it; without a uid the owner. */
export function demandKey(owner: Owner, pod: Pod): string {
  return pod.uid !== '' ? pod.uid : `${owner.network}/${owner.sandboxId}/${owner.interfaceName}`;
}
