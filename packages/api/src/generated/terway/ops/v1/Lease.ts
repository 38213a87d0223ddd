// Original file: proto/terway/ops/v1/ops.proto

import type { Long } from '@grpc/proto-loader';

export interface LeaseInput {
  'ip'?: (string);
  /**
   * assigning, idle, bound, cooling, quarantined, departing, unassigning or held.
   */
  'state'?: (string);
  'instanceId'?: (string);
  'nodeName'?: (string);
  'eniId'?: (string);
  'vswitchId'?: (string);
  'zoneId'?: (string);
  /**
   * Empty unless the address is bound or quarantined.
   */
  'podNamespace'?: (string);
  'podName'?: (string);
  'sandboxId'?: (string);
  'interfaceName'?: (string);
  'allocationId'?: (string);
  /**
   * Unix time since which the address is in its state.
   */
  'sinceAtMs'?: (number | string | Long);
}

export interface Lease {
  'ip': (string);
  /**
   * assigning, idle, bound, cooling, quarantined, departing, unassigning or held.
   */
  'state': (string);
  'instanceId': (string);
  'nodeName': (string);
  'eniId': (string);
  'vswitchId': (string);
  'zoneId': (string);
  /**
   * Empty unless the address is bound or quarantined.
   */
  'podNamespace': (string);
  'podName': (string);
  'sandboxId': (string);
  'interfaceName': (string);
  'allocationId': (string);
  /**
   * Unix time since which the address is in its state.
   */
  'sinceAtMs': (number);
}
