// Original file: proto/terway/ops/v1/ops.proto

import type { Long } from '@grpc/proto-loader';

export interface VSwitchInput {
  'vswitchId'?: (string);
  'zoneId'?: (string);
  'cidr'?: (string);
  /**
   * Free addresses as the cloud last said.
   */
  'free'?: (number);
  /**
   * Addresses that calls in flight will take.
   */
  'reserved'?: (number);
  /**
   * Marked full after the cloud refused: no new ENI goes there until it is probed again.
   */
  'full'?: (boolean);
  'observedAtMs'?: (number | string | Long);
}

export interface VSwitch {
  'vswitchId': (string);
  'zoneId': (string);
  'cidr': (string);
  /**
   * Free addresses as the cloud last said.
   */
  'free': (number);
  /**
   * Addresses that calls in flight will take.
   */
  'reserved': (number);
  /**
   * Marked full after the cloud refused: no new ENI goes there until it is probed again.
   */
  'full': (boolean);
  'observedAtMs': (number);
}
