// Original file: proto/terway/ipam/v1/ipam.proto

import type { NodeViewInput as _terway_ipam_v1_NodeViewInput, NodeView as _terway_ipam_v1_NodeView } from '../../../terway/ipam/v1/NodeView.js';
import type { Long } from '@grpc/proto-loader';

export interface SyncResponseInput {
  'agentSeq'?: (number | string | Long);
  'view'?: (_terway_ipam_v1_NodeViewInput | null);
}

export interface SyncResponse {
  'agentSeq': (number);
  'view': (_terway_ipam_v1_NodeView | null);
}
