// Original file: proto/terway/ipam/v1/ipam.proto

import type { NodeSettingsInput as _terway_ipam_v1_NodeSettingsInput, NodeSettings as _terway_ipam_v1_NodeSettings } from '../../../terway/ipam/v1/NodeSettings.js';
import type { Long } from '@grpc/proto-loader';

export interface OpenResponseInput {
  'session'?: (string);
  'generation'?: (string);
  'agentSeq'?: (number | string | Long);
  /**
   * Configuration that the agent needs from the centre.
   */
  'settings'?: (_terway_ipam_v1_NodeSettingsInput | null);
}

export interface OpenResponse {
  'session': (string);
  'generation': (string);
  'agentSeq': (number);
  /**
   * Configuration that the agent needs from the centre.
   */
  'settings': (_terway_ipam_v1_NodeSettings | null);
}
