/** An address of this node and where it lives, in the fields of terway.ipam.v1.Address. */
export interface LeasedAddress {
  readonly ip: string;
  /** Random id of this arrival of the address on the node. */
  readonly term: string;
  readonly eniId: string;
  /** Lower case with colons. */
  readonly eniMac: string;
  readonly vswitchId: string;
  readonly vswitchCidr: string;
  /** Third address from the end of the vSwitch. */
  readonly gateway: string;
  readonly zoneId: string;
}

/** The promise that an address is not wired, and will not be used under this term. */
export interface Departure {
  readonly ip: string;
  readonly term: string;
}
