// Original file: proto/terway/ipam/v1/ipam.proto

import type { AddressInput as _terway_ipam_v1_AddressInput, Address as _terway_ipam_v1_Address } from '../../../terway/ipam/v1/Address.js';
import type { DepartureInput as _terway_ipam_v1_DepartureInput, Departure as _terway_ipam_v1_Departure } from '../../../terway/ipam/v1/Departure.js';
import type { Long } from '@grpc/proto-loader';

/**
 * What the centre tells a node about its own addresses.
 */
export interface NodeViewInput {
  /**
   * Addresses that the agent may bind by itself while the centre is away.
   */
  'idle'?: (_terway_ipam_v1_AddressInput)[];
  /**
   * Addresses that should leave the node.
   */
  'depart'?: (_terway_ipam_v1_DepartureInput)[];
  /**
   * Departures that are still under way: the agent forgets all others.
   */
  'departing'?: (_terway_ipam_v1_DepartureInput)[];
  /**
   * The agent should make its next Renew after this time at the latest; 0 = its usual period.
   */
  'renewAfterMs'?: (number | string | Long);
  /**
   * The record and the journal disagree: Open and Sync again.
   */
  'resync'?: (boolean);
  /**
   * True until the node has left recovery.
   */
  'recovering'?: (boolean);
}

/**
 * What the centre tells a node about its own addresses.
 */
export interface NodeView {
  /**
   * Addresses that the agent may bind by itself while the centre is away.
   */
  'idle': (_terway_ipam_v1_Address)[];
  /**
   * Addresses that should leave the node.
   */
  'depart': (_terway_ipam_v1_Departure)[];
  /**
   * Departures that are still under way: the agent forgets all others.
   */
  'departing': (_terway_ipam_v1_Departure)[];
  /**
   * The agent should make its next Renew after this time at the latest; 0 = its usual period.
   */
  'renewAfterMs': (number);
  /**
   * The record and the journal disagree: Open and Sync again.
   */
  'resync': (boolean);
  /**
   * True until the node has left recovery.
   */
  'recovering': (boolean);
}
