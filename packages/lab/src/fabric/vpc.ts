import { LabError } from '../lab-error.js';

/** What the fabric carries: the vSwitches of one VPC and its ENIs, as the cloud has them now. */
export interface Vpc {
  readonly vSwitches: readonly VSwitch[];
  readonly enis: readonly Eni[];
  /** Addresses outside the vSwitches at which the cloud itself answers, for example `100.100.100.200`. */
  readonly services?: readonly string[];
}

export interface VSwitch {
  readonly vSwitchId: string;
  /** IPv4, /16 to /29, for example `10.0.0.0/24`. */
  readonly cidr: string;
}

export interface Eni {
  readonly eniId: string;
  /** Lower case, with colons. */
  readonly mac: string;
  readonly vSwitchId: string;
  /** All IPv4 addresses, the primary one included. */
  readonly ips: readonly string[];
  /** Namespace that the ENI is plugged into; absent while it is not attached. Its addresses then belong to nobody. */
  readonly netns?: string;
  /** The node's own interface: named eth0, where others get the lowest free name. */
  readonly primary: boolean;
}

/** The address that answers for the whole vSwitch: the third from the end, as in every Alibaba Cloud vSwitch. */
export function gatewayOf(cidr: string): string {
  const { network, size } = parseCidr(cidr);
  return dotted(network + size - 3);
}

export function prefixLengthOf(cidr: string): number {
  return 32 - Math.log2(parseCidr(cidr).size);
}

function parseCidr(cidr: string): { network: number; size: number } {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  const [a = 256, b = 256, c = 256, d = 256, length = 33] = match?.slice(1).map(Number) ?? [];
  if (Math.max(a, b, c, d) > 255 || length < 16 || length > 29) {
    throw new LabError('invalid-input', `vSwitch CIDR: expected IPv4 with /16 to /29, got '${cidr}'`);
  }
  const size = 2 ** (32 - length);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { network: address - (address % size), size };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
