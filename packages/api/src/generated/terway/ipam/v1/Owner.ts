// Original file: proto/terway/ipam/v1/ipam.proto


/**
 * One interface of one sandbox. A restarted sandbox is a new owner.
 */
export interface OwnerInput {
  /**
   * Name of the CNI network.
   */
  'network'?: (string);
  /**
   * CNI_CONTAINERID.
   */
  'sandboxId'?: (string);
  /**
   * CNI_IFNAME.
   */
  'interfaceName'?: (string);
}

/**
 * One interface of one sandbox. A restarted sandbox is a new owner.
 */
export interface Owner {
  /**
   * Name of the CNI network.
   */
  'network': (string);
  /**
   * CNI_CONTAINERID.
   */
  'sandboxId': (string);
  /**
   * CNI_IFNAME.
   */
  'interfaceName': (string);
}
