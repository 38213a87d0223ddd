// Original file: proto/terway/ipam/v1/ipam.proto

import type { NodeViewInput as _terway_ipam_v1_NodeViewInput, NodeView as _terway_ipam_v1_NodeView } from '../../../terway/ipam/v1/NodeView.js';
import type { Long } from '@grpc/proto-loader';

export interface RenewResponseInput {
  'agentSeq'?: (number | string | Long);
  'view'?: (_terway_ipam_v1_NodeViewInput | null);
}

export interface RenewResponse {
  'agentSeq': (number);
  'view': (_terway_ipam_v1_NodeView | null);
}
