// Original file: proto/terway/ops/v1/ops.proto

import type { NodeInput as _terway_ops_v1_NodeInput, Node as _terway_ops_v1_Node } from '../../../terway/ops/v1/Node.js';

export interface ListNodesResponseInput {
  'nodes'?: (_terway_ops_v1_NodeInput)[];
}

export interface ListNodesResponse {
  'nodes': (_terway_ops_v1_Node)[];
}
