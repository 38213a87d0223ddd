import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AgentServiceClient as _terway_agent_v1_AgentServiceClient, AgentServiceDefinition as _terway_agent_v1_AgentServiceDefinition } from './terway/agent/v1/AgentService.js';
import type { GetStatusRequestInput as _terway_agent_v1_GetStatusRequestInput, GetStatusRequest as _terway_agent_v1_GetStatusRequest } from './terway/agent/v1/GetStatusRequest.js';
import type { GetStatusResponseInput as _terway_agent_v1_GetStatusResponseInput, GetStatusResponse as _terway_agent_v1_GetStatusResponse } from './terway/agent/v1/GetStatusResponse.js';
import type { ListSandboxesRequestInput as _terway_agent_v1_ListSandboxesRequestInput, ListSandboxesRequest as _terway_agent_v1_ListSandboxesRequest } from './terway/agent/v1/ListSandboxesRequest.js';
import type { ListSandboxesResponseInput as _terway_agent_v1_ListSandboxesResponseInput, ListSandboxesResponse as _terway_agent_v1_ListSandboxesResponse } from './terway/agent/v1/ListSandboxesResponse.js';
import type { SandboxInput as _terway_agent_v1_SandboxInput, Sandbox as _terway_agent_v1_Sandbox } from './terway/agent/v1/Sandbox.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  terway: {
    agent: {
      v1: {
        /**
         * What tools ask of a node's agent over its unix socket.
         */
        AgentService: SubtypeConstructor<typeof grpc.Client, _terway_agent_v1_AgentServiceClient> & { service: _terway_agent_v1_AgentServiceDefinition }
        GetStatusRequest: MessageTypeDefinition<_terway_agent_v1_GetStatusRequestInput, _terway_agent_v1_GetStatusRequest>
        GetStatusResponse: MessageTypeDefinition<_terway_agent_v1_GetStatusResponseInput, _terway_agent_v1_GetStatusResponse>
        ListSandboxesRequest: MessageTypeDefinition<_terway_agent_v1_ListSandboxesRequestInput, _terway_agent_v1_ListSandboxesRequest>
        ListSandboxesResponse: MessageTypeDefinition<_terway_agent_v1_ListSandboxesResponseInput, _terway_agent_v1_ListSandboxesResponse>
        Sandbox: MessageTypeDefinition<_terway_agent_v1_SandboxInput, _terway_agent_v1_Sandbox>
      }
    }
  }
}

