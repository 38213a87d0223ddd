// Original file: proto/terway/ipam/v1/ipam.proto

import type { NodeFenceInput as _terway_ipam_v1_NodeFenceInput, NodeFence as _terway_ipam_v1_NodeFence } from '../../../terway/ipam/v1/NodeFence.js';

export interface OpenRequestInput {
  'fence'?: (_terway_ipam_v1_NodeFenceInput | null);
  /**
   * Kubernetes name of the node; an attribute only.
   */
  'nodeName'?: (string);
}

export interface OpenRequest {
  'fence': (_terway_ipam_v1_NodeFence | null);
  /**
   * Kubernetes name of the node; an attribute only.
   */
  'nodeName': (string);
}
