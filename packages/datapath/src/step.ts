import { DatapathError } from './errors.js';

/** Where a step holds: in the node's network namespace, or in the pod's. */
export type Where = 'host' | 'pod';

/** `main`, or a number as the kernel counts them. */
export type Table = 'main' | number;

/** One fact that the kernel must hold. What it means is in its fields; how it is brought about is in `toLines`. */
export type Step = {
  readonly netns: Where;
  /** Belongs to the node, not to one pod: it stays when the pod goes. */
  readonly lasting?: true;
} & (VethStep | LinkStep | AddressStep | NeighbourStep | RouteStep | RuleStep | SysctlStep);

/** A pair of links, this end here and the peer in the pod. */
export interface VethStep {
  readonly kind: 'veth';
  readonly dev: string;
  readonly mac: string;
  readonly mtu: number;
  readonly peer: { readonly dev: string; readonly mac: string };
}

/** A link that exists is up and has this MTU, in bytes. */
export interface LinkStep {
  readonly kind: 'link';
  readonly dev: string;
  readonly mtu: number;
}

/** `prefix` is the only global address of its family on the link. */
export interface AddressStep {
  readonly kind: 'address';
  readonly dev: string;
  readonly prefix: string;
}

/** A permanent entry: nobody has to ask for the MAC of `ip`. */
export interface NeighbourStep {
  readonly kind: 'neighbour';
  readonly dev: string;
  readonly ip: string;
  readonly mac: string;
}

/** With `via` the next hop is taken to be on the link; without it, the destination is. */
export interface RouteStep {
  readonly kind: 'route';
  readonly dev: string;
  /** A prefix, or `default`. */
  readonly to: string;
  readonly via?: string;
  readonly table: Table;
}

/** Packets to, or from, a prefix look into `table`. The only rule of its priority for that prefix. */
export interface RuleStep {
  readonly kind: 'rule';
  readonly match: 'to' | 'from';
  readonly prefix: string;
  readonly table: Table;
  readonly priority: number;
}

/** A file under /proc/sys, for example `net/ipv4/conf/eth1/rp_filter`. */
export interface SysctlStep {
  readonly kind: 'sysctl';
  readonly key: string;
  readonly value: string;
}

/** Steps in the order in which the kernel accepts them. */
export interface Plan {
  /** Path of the pod's network namespace. Undefined: every step is the host's. */
  readonly podNetns: string | undefined;
  readonly steps: readonly Step[];
}

/**
 * The lines of an `ip -batch` file that bring a step about, whatever of it is there already. Only a
 * veth is refused when its name exists. A sysctl has no line. @throws DatapathError `invalid-attachment`
 */
export function toLines(step: Step, podNetns: string | undefined): readonly string[] {
  switch (step.kind) {
    case 'veth': {
      const { dev, mac, mtu, peer } = step;
      const here = line`link add name ${dev} address ${mac} mtu ${mtu} type veth`;
      return [`${here} ${line`peer name ${peer.dev} address ${peer.mac} mtu ${mtu} netns ${podNetns ?? ''}`}`];
    }
    case 'link':
      return [line`link set dev ${step.dev} mtu ${step.mtu} up`];
    case 'address':
      return [line`address replace ${step.prefix} dev ${step.dev}`];
    case 'neighbour':
      return [line`neighbour replace ${step.ip} lladdr ${step.mac} dev ${step.dev} nud permanent`];
    case 'route':
      return [
        step.via === undefined
          ? line`route replace ${step.to} dev ${step.dev} scope link table ${step.table}`
          : line`route replace ${step.to} via ${step.via} dev ${step.dev} onlink table ${step.table}`,
      ];
    case 'rule':
      // a rule cannot be replaced, and an older one that names another ENI's table would win
      return [
        line`rule flush ${step.match} ${step.prefix} priority ${step.priority}`,
        line`rule add ${step.match} ${step.prefix} priority ${step.priority} lookup ${step.table}`,
      ];
    case 'sysctl':
      return [];
  }
}

/** A line of ip(8). Looks at each value last of all: a batch file is split at blanks, and has no safe quoting. */
export function line(text: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const bad = values.find((value) => !/^[A-Za-z0-9_.:@+/-]+$/.test(String(value)));
  if (bad === undefined) return String.raw({ raw: text }, ...values);
  throw new DatapathError(
    'invalid-attachment',
    `ip(8) line: expected a word without blanks, got ${JSON.stringify(bad)}`,
  );
}
