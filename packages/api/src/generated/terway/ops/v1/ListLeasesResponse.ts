// Original file: proto/terway/ops/v1/ops.proto

import type { LeaseInput as _terway_ops_v1_LeaseInput, Lease as _terway_ops_v1_Lease } from '../../../terway/ops/v1/Lease.js';

export interface ListLeasesResponseInput {
  'leases'?: (_terway_ops_v1_LeaseInput)[];
}

export interface ListLeasesResponse {
  'leases': (_terway_ops_v1_Lease)[];
}
