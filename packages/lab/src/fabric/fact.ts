/**
 * One thing that the kernel holds for the VPC. A fabric is the set of its facts: wanted ones come from the VPC, present
 * ones from the kernel, and a change is what lies between.
 */
export type Fact =
  /** The fabric itself answers at the address, on every port: a vSwitch's gateway, or a service of the cloud. */
  | { readonly kind: 'local'; readonly ip: string }
  /** Counters of an ENI. */
  | { readonly kind: 'meter'; readonly port: string }
  /** The ENI may send from the address, and receive what is sent to it. */
  | { readonly kind: 'permit'; readonly port: string; readonly ip: string }
  /** The link of an ENI: `port` here, the ENI's own end in the node. */
  | PortFact
  /** Packets for the address leave through the port. */
  | { readonly kind: 'route'; readonly port: string; readonly ip: string };

export interface PortFact {
  readonly kind: 'port';
  readonly port: string;
  readonly eniId: string;
  readonly mac: string;
  readonly netns: string;
  readonly primary: boolean;
}

/** Equal facts have equal keys. */
export function keyOf(fact: Fact): string {
  switch (fact.kind) {
    case 'local':
      return `local ${fact.ip}`;
    case 'meter':
      return `meter ${fact.port}`;
    case 'port':
      return `port ${fact.port} ${aliasOf(fact)}`;
    case 'permit':
    case 'route':
      return `${fact.kind} ${fact.port} ${fact.ip}`;
  }
}

/** What the kernel remembers on the port for us, so that a port says by itself whose it is. */
export function aliasOf(port: PortFact): string {
  return [port.eniId, port.mac, port.netns, port.primary ? 'primary' : 'secondary'].join(' ');
}
