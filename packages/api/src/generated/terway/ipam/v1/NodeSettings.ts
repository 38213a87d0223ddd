// Original file: proto/terway/ipam/v1/ipam.proto

import type { Long } from '@grpc/proto-loader';

export interface NodeSettingsInput {
  /**
   * How long a released address rests before another pod gets it; the agent's own offline cooldown.
   */
  'cooldownMs'?: (number | string | Long);
  /**
   * Routes inside every pod beside the default route, as CIDRs.
   */
  'extraRoutes'?: (string)[];
  /**
   * CIDRs of Kubernetes services.
   */
  'serviceCidrs'?: (string)[];
}

export interface NodeSettings {
  /**
   * How long a released address rests before another pod gets it; the agent's own offline cooldown.
   */
  'cooldownMs': (number);
  /**
   * Routes inside every pod beside the default route, as CIDRs.
   */
  'extraRoutes': (string)[];
  /**
   * CIDRs of Kubernetes services.
   */
  'serviceCidrs': (string)[];
}
