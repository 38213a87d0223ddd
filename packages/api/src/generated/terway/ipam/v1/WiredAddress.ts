// Original file: proto/terway/ipam/v1/ipam.proto

import type { OwnerInput as _terway_ipam_v1_OwnerInput, Owner as _terway_ipam_v1_Owner } from '../../../terway/ipam/v1/Owner.js';
import type { PodInput as _terway_ipam_v1_PodInput, Pod as _terway_ipam_v1_Pod } from '../../../terway/ipam/v1/Pod.js';

/**
 * An address that the node's journal or kernel shows in use.
 */
export interface WiredAddressInput {
  'ip'?: (string);
  /**
   * Absent when the kernel shows the address but the journal knows no owner.
   */
  'owner'?: (_terway_ipam_v1_OwnerInput | null);
  'allocationId'?: (string);
  'pod'?: (_terway_ipam_v1_PodInput | null);
  'eniMac'?: (string);
}

/**
 * An address that the node's journal or kernel shows in use.
 */
export interface WiredAddress {
  'ip': (string);
  /**
   * Absent when the kernel shows the address but the journal knows no owner.
   */
  'owner': (_terway_ipam_v1_Owner | null);
  'allocationId': (string);
  'pod': (_terway_ipam_v1_Pod | null);
  'eniMac': (string);
}
