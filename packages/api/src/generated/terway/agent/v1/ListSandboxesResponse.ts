// Original file: proto/terway/agent/v1/agent.proto

import type { SandboxInput as _terway_agent_v1_SandboxInput, Sandbox as _terway_agent_v1_Sandbox } from '../../../terway/agent/v1/Sandbox.js';

export interface ListSandboxesResponseInput {
  'sandboxes'?: (_terway_agent_v1_SandboxInput)[];
}

export interface ListSandboxesResponse {
  'sandboxes': (_terway_agent_v1_Sandbox)[];
}
