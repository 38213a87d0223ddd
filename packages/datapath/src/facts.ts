/** What one network namespace holds, as far as pods are concerned. */
export interface NamespaceFacts {
  readonly links: readonly LinkFact[];
  readonly addresses: readonly AddressFact[];
  readonly routes: readonly RouteFact[];
  readonly rules: readonly RuleFact[];
  readonly neighbours: readonly NeighbourFact[];
}

export interface KernelFacts {
  readonly host: NamespaceFacts;
  /** Undefined when it was not asked for, or is gone. */
  readonly pod: NamespaceFacts | undefined;
}

export interface LinkFact {
  readonly dev: string;
  readonly ifIndex: number;
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  /** `veth`, `ipvlan` and the like; empty for hardware. */
  readonly kind: string;
  /** Index of the other end of a veth when that end is in another namespace. */
  readonly peerIfIndex: number | undefined;
}

export interface AddressFact {
  readonly dev: string;
  readonly prefix: string;
  /** `global`, `link` or `host`. */
  readonly scope: string;
}

/** The tables `local` and what the kernel puts there by itself are left out. */
export interface RouteFact {
  /** `default`, or a prefix with its length. */
  readonly to: string;
  /** Empty for routes without a link, such as `blackhole`. */
  readonly dev: string;
  readonly via: string | undefined;
  readonly table: string;
  /** `link` when the destination is on the link itself. */
  readonly scope: string;
}

export interface RuleFact {
  readonly priority: number;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly table: string;
  /** True when it also asks for a link, a mark or the like, so it is none of ours. */
  readonly hasOtherSelectors: boolean;
}

export interface NeighbourFact {
  readonly ip: string;
  readonly dev: string;
  readonly mac: string;
  readonly permanent: boolean;
}
