// Original file: proto/terway/ipam/v1/ipam.proto

import type { NodeFenceInput as _terway_ipam_v1_NodeFenceInput, NodeFence as _terway_ipam_v1_NodeFence } from '../../../terway/ipam/v1/NodeFence.js';
import type { WiredAddressInput as _terway_ipam_v1_WiredAddressInput, WiredAddress as _terway_ipam_v1_WiredAddress } from '../../../terway/ipam/v1/WiredAddress.js';
import type { CoolingAddressInput as _terway_ipam_v1_CoolingAddressInput, CoolingAddress as _terway_ipam_v1_CoolingAddress } from '../../../terway/ipam/v1/CoolingAddress.js';
import type { DepartureInput as _terway_ipam_v1_DepartureInput, Departure as _terway_ipam_v1_Departure } from '../../../terway/ipam/v1/Departure.js';

export interface SyncRequestInput {
  'fence'?: (_terway_ipam_v1_NodeFenceInput | null);
  'wired'?: (_terway_ipam_v1_WiredAddressInput)[];
  'cooling'?: (_terway_ipam_v1_CoolingAddressInput)[];
  /**
   * All departures that the agent has acknowledged and still remembers.
   */
  'departed'?: (_terway_ipam_v1_DepartureInput)[];
  /**
   * MACs of the ENIs that the node's kernel shows, lower case.
   */
  'seenMacs'?: (string)[];
  /**
   * False when the journal could not be read in full.
   */
  'journalIntact'?: (boolean);
}

export interface SyncRequest {
  'fence': (_terway_ipam_v1_NodeFence | null);
  'wired': (_terway_ipam_v1_WiredAddress)[];
  'cooling': (_terway_ipam_v1_CoolingAddress)[];
  /**
   * All departures that the agent has acknowledged and still remembers.
   */
  'departed': (_terway_ipam_v1_Departure)[];
  /**
   * MACs of the ENIs that the node's kernel shows, lower case.
   */
  'seenMacs': (string)[];
  /**
   * False when the journal could not be read in full.
   */
  'journalIntact': (boolean);
}
