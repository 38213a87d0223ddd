// Original file: proto/terway/ipam/v1/ipam.proto

import type { NodeFenceInput as _terway_ipam_v1_NodeFenceInput, NodeFence as _terway_ipam_v1_NodeFence } from '../../../terway/ipam/v1/NodeFence.js';
import type { OwnerInput as _terway_ipam_v1_OwnerInput, Owner as _terway_ipam_v1_Owner } from '../../../terway/ipam/v1/Owner.js';
import type { PodInput as _terway_ipam_v1_PodInput, Pod as _terway_ipam_v1_Pod } from '../../../terway/ipam/v1/Pod.js';

export interface AllocateRequestInput {
  'fence'?: (_terway_ipam_v1_NodeFenceInput | null);
  'owner'?: (_terway_ipam_v1_OwnerInput | null);
  /**
   * Made and journaled by the agent before the call; one ADD attempt, one id.
   */
  'allocationId'?: (string);
  'pod'?: (_terway_ipam_v1_PodInput | null);
}

export interface AllocateRequest {
  'fence': (_terway_ipam_v1_NodeFence | null);
  'owner': (_terway_ipam_v1_Owner | null);
  /**
   * Made and journaled by the agent before the call; one ADD attempt, one id.
   */
  'allocationId': (string);
  'pod': (_terway_ipam_v1_Pod | null);
}
