// Original file: proto/terway/agent/v1/agent.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetStatusRequestInput as _terway_agent_v1_GetStatusRequestInput, GetStatusRequest as _terway_agent_v1_GetStatusRequest } from '../../../terway/agent/v1/GetStatusRequest.js';
import type { GetStatusResponseInput as _terway_agent_v1_GetStatusResponseInput, GetStatusResponse as _terway_agent_v1_GetStatusResponse } from '../../../terway/agent/v1/GetStatusResponse.js';
import type { ListSandboxesRequestInput as _terway_agent_v1_ListSandboxesRequestInput, ListSandboxesRequest as _terway_agent_v1_ListSandboxesRequest } from '../../../terway/agent/v1/ListSandboxesRequest.js';
import type { ListSandboxesResponseInput as _terway_agent_v1_ListSandboxesResponseInput, ListSandboxesResponse as _terway_agent_v1_ListSandboxesResponse } from '../../../terway/agent/v1/ListSandboxesResponse.js';

/**
 * What tools ask of a node's agent over its unix socket.
 */
export interface AgentServiceClient extends grpc.Client {
  /**
   * How the agent stands with the centre.
   */
  GetStatus(argument: _terway_agent_v1_GetStatusRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_agent_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  GetStatus(argument: _terway_agent_v1_GetStatusRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_agent_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  GetStatus(argument: _terway_agent_v1_GetStatusRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_agent_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  GetStatus(argument: _terway_agent_v1_GetStatusRequestInput, callback: grpc.requestCallback<_terway_agent_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  /**
   * How the agent stands with the centre.
   */
  getStatus(argument: _terway_agent_v1_GetStatusRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_agent_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  getStatus(argument: _terway_agent_v1_GetStatusRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_agent_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  getStatus(argument: _terway_agent_v1_GetStatusRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_agent_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  getStatus(argument: _terway_agent_v1_GetStatusRequestInput, callback: grpc.requestCallback<_terway_agent_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  
  /**
   * What the journal says of every sandbox of this node.
   */
  ListSandboxes(argument: _terway_agent_v1_ListSandboxesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_agent_v1_ListSandboxesResponse>): grpc.ClientUnaryCall;
  ListSandboxes(argument: _terway_agent_v1_ListSandboxesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_agent_v1_ListSandboxesResponse>): grpc.ClientUnaryCall;
  ListSandboxes(argument: _terway_agent_v1_ListSandboxesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_agent_v1_ListSandboxesResponse>): grpc.ClientUnaryCall;
  ListSandboxes(argument: _terway_agent_v1_ListSandboxesRequestInput, callback: grpc.requestCallback<_terway_agent_v1_ListSandboxesResponse>): grpc.ClientUnaryCall;
  /**
   * What the journal says of every sandbox of this node.
   */
  listSandboxes(argument: _terway_agent_v1_ListSandboxesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_agent_v1_ListSandboxesResponse>): grpc.ClientUnaryCall;
  listSandboxes(argument: _terway_agent_v1_ListSandboxesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_agent_v1_ListSandboxesResponse>): grpc.ClientUnaryCall;
  listSandboxes(argument: _terway_agent_v1_ListSandboxesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_agent_v1_ListSandboxesResponse>): grpc.ClientUnaryCall;
  listSandboxes(argument: _terway_agent_v1_ListSandboxesRequestInput, callback: grpc.requestCallback<_terway_agent_v1_ListSandboxesResponse>): grpc.ClientUnaryCall;
  
}

/**
 * What tools ask of a node's agent over its unix socket.
 */
export interface AgentServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * How the agent stands with the centre.
   */
  GetStatus: grpc.handleUnaryCall<_terway_agent_v1_GetStatusRequest, _terway_agent_v1_GetStatusResponseInput>;
  
  /**
   * What the journal says of every sandbox of this node.
   */
  ListSandboxes: grpc.handleUnaryCall<_terway_agent_v1_ListSandboxesRequest, _terway_agent_v1_ListSandboxesResponseInput>;
  
}

export interface AgentServiceDefinition extends grpc.ServiceDefinition {
  GetStatus: MethodDefinition<_terway_agent_v1_GetStatusRequestInput, _terway_agent_v1_GetStatusResponseInput, _terway_agent_v1_GetStatusRequest, _terway_agent_v1_GetStatusResponse>
  ListSandboxes: MethodDefinition<_terway_agent_v1_ListSandboxesRequestInput, _terway_agent_v1_ListSandboxesResponseInput, _terway_agent_v1_ListSandboxesRequest, _terway_agent_v1_ListSandboxesResponse>
}
