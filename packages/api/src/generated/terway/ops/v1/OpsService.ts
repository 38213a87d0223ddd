// Original file: proto/terway/ops/v1/ops.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ListLeasesRequestInput as _terway_ops_v1_ListLeasesRequestInput, ListLeasesRequest as _terway_ops_v1_ListLeasesRequest } from '../../../terway/ops/v1/ListLeasesRequest.js';
import type { ListLeasesResponseInput as _terway_ops_v1_ListLeasesResponseInput, ListLeasesResponse as _terway_ops_v1_ListLeasesResponse } from '../../../terway/ops/v1/ListLeasesResponse.js';
import type { ListNodesRequestInput as _terway_ops_v1_ListNodesRequestInput, ListNodesRequest as _terway_ops_v1_ListNodesRequest } from '../../../terway/ops/v1/ListNodesRequest.js';
import type { ListNodesResponseInput as _terway_ops_v1_ListNodesResponseInput, ListNodesResponse as _terway_ops_v1_ListNodesResponse } from '../../../terway/ops/v1/ListNodesResponse.js';
import type { ListVSwitchesRequestInput as _terway_ops_v1_ListVSwitchesRequestInput, ListVSwitchesRequest as _terway_ops_v1_ListVSwitchesRequest } from '../../../terway/ops/v1/ListVSwitchesRequest.js';
import type { ListVSwitchesResponseInput as _terway_ops_v1_ListVSwitchesResponseInput, ListVSwitchesResponse as _terway_ops_v1_ListVSwitchesResponse } from '../../../terway/ops/v1/ListVSwitchesResponse.js';

/**
 * What on-call engineers ask of the address manager. Reads only.
 */
export interface OpsServiceClient extends grpc.Client {
  /**
   * All leases, or those that match every filter given.
   */
  ListLeases(argument: _terway_ops_v1_ListLeasesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListLeasesResponse>): grpc.ClientUnaryCall;
  ListLeases(argument: _terway_ops_v1_ListLeasesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ops_v1_ListLeasesResponse>): grpc.ClientUnaryCall;
  ListLeases(argument: _terway_ops_v1_ListLeasesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListLeasesResponse>): grpc.ClientUnaryCall;
  ListLeases(argument: _terway_ops_v1_ListLeasesRequestInput, callback: grpc.requestCallback<_terway_ops_v1_ListLeasesResponse>): grpc.ClientUnaryCall;
  /**
   * All leases, or those that match every filter given.
   */
  listLeases(argument: _terway_ops_v1_ListLeasesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListLeasesResponse>): grpc.ClientUnaryCall;
  listLeases(argument: _terway_ops_v1_ListLeasesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ops_v1_ListLeasesResponse>): grpc.ClientUnaryCall;
  listLeases(argument: _terway_ops_v1_ListLeasesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListLeasesResponse>): grpc.ClientUnaryCall;
  listLeases(argument: _terway_ops_v1_ListLeasesRequestInput, callback: grpc.requestCallback<_terway_ops_v1_ListLeasesResponse>): grpc.ClientUnaryCall;
  
  /**
   * All nodes with their counts and the health of their record.
   */
  ListNodes(argument: _terway_ops_v1_ListNodesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListNodesResponse>): grpc.ClientUnaryCall;
  ListNodes(argument: _terway_ops_v1_ListNodesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ops_v1_ListNodesResponse>): grpc.ClientUnaryCall;
  ListNodes(argument: _terway_ops_v1_ListNodesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListNodesResponse>): grpc.ClientUnaryCall;
  ListNodes(argument: _terway_ops_v1_ListNodesRequestInput, callback: grpc.requestCallback<_terway_ops_v1_ListNodesResponse>): grpc.ClientUnaryCall;
  /**
   * All nodes with their counts and the health of their record.
   */
  listNodes(argument: _terway_ops_v1_ListNodesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListNodesResponse>): grpc.ClientUnaryCall;
  listNodes(argument: _terway_ops_v1_ListNodesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ops_v1_ListNodesResponse>): grpc.ClientUnaryCall;
  listNodes(argument: _terway_ops_v1_ListNodesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListNodesResponse>): grpc.ClientUnaryCall;
  listNodes(argument: _terway_ops_v1_ListNodesRequestInput, callback: grpc.requestCallback<_terway_ops_v1_ListNodesResponse>): grpc.ClientUnaryCall;
  
  /**
   * The vSwitches of the configured zones with free and reserved addresses.
   */
  ListVSwitches(argument: _terway_ops_v1_ListVSwitchesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListVSwitchesResponse>): grpc.ClientUnaryCall;
  ListVSwitches(argument: _terway_ops_v1_ListVSwitchesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ops_v1_ListVSwitchesResponse>): grpc.ClientUnaryCall;
  ListVSwitches(argument: _terway_ops_v1_ListVSwitchesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListVSwitchesResponse>): grpc.ClientUnaryCall;
  ListVSwitches(argument: _terway_ops_v1_ListVSwitchesRequestInput, callback: grpc.requestCallback<_terway_ops_v1_ListVSwitchesResponse>): grpc.ClientUnaryCall;
  /**
   * The vSwitches of the configured zones with free and reserved addresses.
   */
  listVSwitches(argument: _terway_ops_v1_ListVSwitchesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListVSwitchesResponse>): grpc.ClientUnaryCall;
  listVSwitches(argument: _terway_ops_v1_ListVSwitchesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ops_v1_ListVSwitchesResponse>): grpc.ClientUnaryCall;
  listVSwitches(argument: _terway_ops_v1_ListVSwitchesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ops_v1_ListVSwitchesResponse>): grpc.ClientUnaryCall;
  listVSwitches(argument: _terway_ops_v1_ListVSwitchesRequestInput, callback: grpc.requestCallback<_terway_ops_v1_ListVSwitchesResponse>): grpc.ClientUnaryCall;
  
}

/**
 * What on-call engineers ask of the address manager. Reads only.
 */
export interface OpsServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * All leases, or those that match every filter given.
   */
  ListLeases: grpc.handleUnaryCall<_terway_ops_v1_ListLeasesRequest, _terway_ops_v1_ListLeasesResponseInput>;
  
  /**
   * All nodes with their counts and the health of their record.
   */
  ListNodes: grpc.handleUnaryCall<_terway_ops_v1_ListNodesRequest, _terway_ops_v1_ListNodesResponseInput>;
  
  /**
   * The vSwitches of the configured zones with free and reserved addresses.
   */
  ListVSwitches: grpc.handleUnaryCall<_terway_ops_v1_ListVSwitchesRequest, _terway_ops_v1_ListVSwitchesResponseInput>;
  
}

export interface OpsServiceDefinition extends grpc.ServiceDefinition {
  ListLeases: MethodDefinition<_terway_ops_v1_ListLeasesRequestInput, _terway_ops_v1_ListLeasesResponseInput, _terway_ops_v1_ListLeasesRequest, _terway_ops_v1_ListLeasesResponse>
  ListNodes: MethodDefinition<_terway_ops_v1_ListNodesRequestInput, _terway_ops_v1_ListNodesResponseInput, _terway_ops_v1_ListNodesRequest, _terway_ops_v1_ListNodesResponse>
  ListVSwitches: MethodDefinition<_terway_ops_v1_ListVSwitchesRequestInput, _terway_ops_v1_ListVSwitchesResponseInput, _terway_ops_v1_ListVSwitchesRequest, _terway_ops_v1_ListVSwitchesResponse>
}
