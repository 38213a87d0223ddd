// Original file: proto/terway/ipam/v1/ipam.proto

import type { NodeFenceInput as _terway_ipam_v1_NodeFenceInput, NodeFence as _terway_ipam_v1_NodeFence } from '../../../terway/ipam/v1/NodeFence.js';
import type { OwnerInput as _terway_ipam_v1_OwnerInput, Owner as _terway_ipam_v1_Owner } from '../../../terway/ipam/v1/Owner.js';
import type { ReleaseCauseInput as _terway_ipam_v1_ReleaseCauseInput, ReleaseCause as _terway_ipam_v1_ReleaseCause } from '../../../terway/ipam/v1/ReleaseCause.js';

export interface ReleaseRequestInput {
  'fence'?: (_terway_ipam_v1_NodeFenceInput | null);
  'owner'?: (_terway_ipam_v1_OwnerInput | null);
  'allocationId'?: (string);
  'cause'?: (_terway_ipam_v1_ReleaseCauseInput);
}

export interface ReleaseRequest {
  'fence': (_terway_ipam_v1_NodeFence | null);
  'owner': (_terway_ipam_v1_Owner | null);
  'allocationId': (string);
  'cause': (_terway_ipam_v1_ReleaseCause);
}
