/** What the cloud says of an instance type, as far as ENIs go. Quantities count the primary ENI and address. */
export interface InstanceType {
  readonly id: string;
  readonly cpus: number;
  readonly memoryGib: number;
  /** `EniQuantity` */
  readonly enis: number;
  /** `EniPrivateIpAddressQuantity` */
  readonly ipsPerEni: number;
  /** `EniIpv6AddressQuantity`, 0 where IPv6 is not supported. */
  readonly ipv6PerEni: number;
  /** `EniTotalQuantity`: with trunk members. */
  readonly enisWithMembers: number;
  readonly trunk: boolean;
}

/**
 * Per row: type, CPUs, memory in GiB, ENIs, addresses per ENI. ENIs and addresses are the vendor's published numbers
 * ("Instance families", and recorded answers of DescribeInstanceTypes).
 */
const rows = [
  ['ecs.t6-c1m1.large', 2, 2, 2, 2],
  ['ecs.ic5.large', 2, 2, 2, 6],
  ['ecs.g6.large', 2, 8, 2, 6],
  ['ecs.g6.xlarge', 4, 16, 3, 10],
  ['ecs.g6.2xlarge', 8, 32, 4, 10],
  ['ecs.g6.4xlarge', 16, 64, 8, 20],
  ['ecs.g6e.xlarge', 4, 16, 4, 15],
  ['ecs.u1-c1m4.xlarge', 4, 16, 3, 10],
  ['ecs.g7.large', 2, 8, 3, 6],
  ['ecs.g7.xlarge', 4, 16, 4, 15],
  ['ecs.g7.2xlarge', 8, 32, 4, 15],
  ['ecs.g7.3xlarge', 12, 48, 8, 15],
  ['ecs.g7.4xlarge', 16, 64, 8, 30],
  ['ecs.g7.8xlarge', 32, 128, 8, 30],
  ['ecs.g7.32xlarge', 128, 512, 15, 30],
  ['ecs.g7ne.large', 2, 8, 3, 10],
  ['ecs.g7ne.24xlarge', 96, 384, 15, 50],
  ['ecs.ebmg5.24xlarge', 96, 384, 32, 10],
] as const;

/** Recorded from the API; the other rows follow the rule of `expand`. */
const recorded: Readonly<Record<string, Partial<InstanceType>>> = {
  'ecs.ic5.large': { ipv6PerEni: 0 },
  'ecs.ebmg5.24xlarge': { ipv6PerEni: 0 },
  'ecs.u1-c1m4.xlarge': { enisWithMembers: 6, trunk: true },
};

export const knownInstanceTypes: readonly InstanceType[] = rows.map(([id, cpus, memoryGib, enis, ipsPerEni]) => ({
  ...expand({ id, cpus, memoryGib, enis, ipsPerEni }),
  ...recorded[id],
}));

/** Assumed: generation 7 has as many IPv6 as IPv4 addresses, and trunks from `xlarge` on; older ones have one IPv6. */
function expand(row: Pick<InstanceType, 'id' | 'cpus' | 'memoryGib' | 'enis' | 'ipsPerEni'>): InstanceType {
  const generation7 = /^ecs\.[a-z]+7/.test(row.id);
  const trunk = generation7 && row.id.endsWith('xlarge');
  return {
    ...row,
    ipv6PerEni: generation7 ? row.ipsPerEni : 1,
    enisWithMembers: trunk ? 5 * row.enis : row.enis,
    trunk,
  };
}
