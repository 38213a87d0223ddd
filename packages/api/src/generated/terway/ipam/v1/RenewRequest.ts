// Original file: proto/terway/ipam/v1/ipam.proto

import type { NodeFenceInput as _terway_ipam_v1_NodeFenceInput, NodeFence as _terway_ipam_v1_NodeFence } from '../../../terway/ipam/v1/NodeFence.js';
import type { DepartureInput as _terway_ipam_v1_DepartureInput, Departure as _terway_ipam_v1_Departure } from '../../../terway/ipam/v1/Departure.js';

export interface RenewRequestInput {
  'fence'?: (_terway_ipam_v1_NodeFenceInput | null);
  /**
   * Digest of the journal's bound addresses; empty while another call of the node is in flight.
   */
  'journalDigest'?: (string);
  'departed'?: (_terway_ipam_v1_DepartureInput)[];
  'seenMacs'?: (string)[];
}

export interface RenewRequest {
  'fence': (_terway_ipam_v1_NodeFence | null);
  /**
   * Digest of the journal's bound addresses; empty while another call of the node is in flight.
   */
  'journalDigest': (string);
  'departed': (_terway_ipam_v1_Departure)[];
  'seenMacs': (string)[];
}
