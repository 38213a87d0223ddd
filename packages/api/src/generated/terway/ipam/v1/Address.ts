// Original file: proto/terway/ipam/v1/ipam.proto


/**
 * An address on one ENI of the node, and all that a datapath needs to know of it.
 */
export interface AddressInput {
  'ip'?: (string);
  /**
   * Random id of this arrival of the address on the node; an acknowledgement names it.
   */
  'term'?: (string);
  'eniId'?: (string);
  /**
   * MAC of the ENI, lower case with colons: how the agent finds the link.
   */
  'eniMac'?: (string);
  'vswitchId'?: (string);
  /**
   * CIDR of the vSwitch, for example 10.0.0.0/24.
   */
  'vswitchCidr'?: (string);
  /**
   * Third address from the end of the vSwitch.
   */
  'gateway'?: (string);
  'zoneId'?: (string);
}

/**
 * An address on one ENI of the node, and all that a datapath needs to know of it.
 */
export interface Address {
  'ip': (string);
  /**
   * Random id of this arrival of the address on the node; an acknowledgement names it.
   */
  'term': (string);
  'eniId': (string);
  /**
   * MAC of the ENI, lower case with colons: how the agent finds the link.
   */
  'eniMac': (string);
  'vswitchId': (string);
  /**
   * CIDR of the vSwitch, for example 10.0.0.0/24.
   */
  'vswitchCidr': (string);
  /**
   * Third address from the end of the vSwitch.
   */
  'gateway': (string);
  'zoneId': (string);
}
