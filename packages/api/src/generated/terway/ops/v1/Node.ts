// Original file: proto/terway/ops/v1/ops.proto

import type { Long } from '@grpc/proto-loader';

export interface NodeInput {
  'instanceId'?: (string);
  'nodeName'?: (string);
  'zoneId'?: (string);
  'instanceType'?: (string);
  /**
   * Most pods that the node can address: (ENIs - 1) x addresses per ENI.
   */
  'capacity'?: (number);
  'idle'?: (number);
  'bound'?: (number);
  /**
   * Addresses in every other state.
   */
  'other'?: (number);
  /**
   * Pods that wait for an address.
   */
  'waiting'?: (number);
  'enis'?: (number);
  /**
   * `ok`, `recovering`, `frozen`, `silent`, or `unreadable` for this release.
   */
  'health'?: (string);
  /**
   * What made it so; empty when ok.
   */
  'healthDetail'?: (string);
  /**
   * Unix time of the agent's last Renew.
   */
  'lastRenewAtMs'?: (number | string | Long);
  'openIntents'?: (number);
}

export interface Node {
  'instanceId': (string);
  'nodeName': (string);
  'zoneId': (string);
  'instanceType': (string);
  /**
   * Most pods that the node can address: (ENIs - 1) x addresses per ENI.
   */
  'capacity': (number);
  'idle': (number);
  'bound': (number);
  /**
   * Addresses in every other state.
   */
  'other': (number);
  /**
   * Pods that wait for an address.
   */
  'waiting': (number);
  'enis': (number);
  /**
   * `ok`, `recovering`, `frozen`, `silent`, or `unreadable` for this release.
   */
  'health': (string);
  /**
   * What made it so; empty when ok.
   */
  'healthDetail': (string);
  /**
   * Unix time of the agent's last Renew.
   */
  'lastRenewAtMs': (number);
  'openIntents': (number);
}
