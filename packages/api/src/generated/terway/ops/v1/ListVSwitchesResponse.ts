// Original file: proto/terway/ops/v1/ops.proto

import type { VSwitchInput as _terway_ops_v1_VSwitchInput, VSwitch as _terway_ops_v1_VSwitch } from '../../../terway/ops/v1/VSwitch.js';

export interface ListVSwitchesResponseInput {
  'vswitches'?: (_terway_ops_v1_VSwitchInput)[];
}

export interface ListVSwitchesResponse {
  'vswitches': (_terway_ops_v1_VSwitch)[];
}
