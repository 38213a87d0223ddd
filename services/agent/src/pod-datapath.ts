import type { PodAttachment } from '@terway/datapath';

/** An address that the kernel of the node shows in use for a pod. */
export interface ShownAddress {
  readonly ip: string;
  /** Link on the host that leads to the pod; undefined when only rules are left. */
  readonly hostInterface: string | undefined;
  /** MAC of the ENI whose table the pod uses; empty when that ENI is gone. */
  readonly eniMac: string;
}

/** A physical link of the node. */
export interface EniLink {
  readonly ifName: string;
  readonly ifIndex: number;
  /** Lower case with colons. */
  readonly mac: string;
}

export interface KernelView {
  readonly addresses: readonly ShownAddress[];
  /** Host ends of pods. */
  readonly hostInterfaces: readonly string[];
  readonly enis: readonly EniLink[];
}

/** What became of a path that should be a pod's network namespace. */
export type NetnsKind = 'sandbox' | 'host' | 'missing' | 'not-a-namespace';

/** The kernel, as the agent needs it. Every change may be repeated. */
export interface PodDatapath {
  netnsKind(path: string): Promise<NetnsKind>;
  /** Lets the host forward between pods and ENIs. @throws DatapathError */
  prepareHost(): Promise<void>;
  observe(): Promise<KernelView>;
  /** Makes the kernel hold the attachment, or leaves nothing of it behind. @throws DatapathError */
  attach(attachment: PodAttachment): Promise<void>;
  /** Removes what is left of the attachment; a missing namespace is no obstacle. @throws DatapathError */
  detach(attachment: PodAttachment): Promise<void>;
  /** What the kernel lacks of the attachment, in words; empty when it holds all of it. */
  missing(attachment: PodAttachment): Promise<readonly string[]>;
  /** Brings back what the kernel lacks of the attachment, and removes what stands in its way. @throws DatapathError */
  repair(attachment: PodAttachment): Promise<void>;
  /**
   * Removes rules and routes of ours that lead to no pod. `known` gives the addresses that pods have, and is asked
   * again right before each removal.
   * @returns the addresses that were cleaned up. @throws DatapathError
   */
  forgetVanished(known: () => ReadonlySet<string>): Promise<readonly string[]>;
}
