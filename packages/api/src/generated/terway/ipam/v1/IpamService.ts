// Original file: proto/terway/ipam/v1/ipam.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AllocateRequestInput as _terway_ipam_v1_AllocateRequestInput, AllocateRequest as _terway_ipam_v1_AllocateRequest } from '../../../terway/ipam/v1/AllocateRequest.js';
import type { AllocateResponseInput as _terway_ipam_v1_AllocateResponseInput, AllocateResponse as _terway_ipam_v1_AllocateResponse } from '../../../terway/ipam/v1/AllocateResponse.js';
import type { OpenRequestInput as _terway_ipam_v1_OpenRequestInput, OpenRequest as _terway_ipam_v1_OpenRequest } from '../../../terway/ipam/v1/OpenRequest.js';
import type { OpenResponseInput as _terway_ipam_v1_OpenResponseInput, OpenResponse as _terway_ipam_v1_OpenResponse } from '../../../terway/ipam/v1/OpenResponse.js';
import type { ReleaseRequestInput as _terway_ipam_v1_ReleaseRequestInput, ReleaseRequest as _terway_ipam_v1_ReleaseRequest } from '../../../terway/ipam/v1/ReleaseRequest.js';
import type { ReleaseResponseInput as _terway_ipam_v1_ReleaseResponseInput, ReleaseResponse as _terway_ipam_v1_ReleaseResponse } from '../../../terway/ipam/v1/ReleaseResponse.js';
import type { RenewRequestInput as _terway_ipam_v1_RenewRequestInput, RenewRequest as _terway_ipam_v1_RenewRequest } from '../../../terway/ipam/v1/RenewRequest.js';
import type { RenewResponseInput as _terway_ipam_v1_RenewResponseInput, RenewResponse as _terway_ipam_v1_RenewResponse } from '../../../terway/ipam/v1/RenewResponse.js';
import type { SyncRequestInput as _terway_ipam_v1_SyncRequestInput, SyncRequest as _terway_ipam_v1_SyncRequest } from '../../../terway/ipam/v1/SyncRequest.js';
import type { SyncResponseInput as _terway_ipam_v1_SyncResponseInput, SyncResponse as _terway_ipam_v1_SyncResponse } from '../../../terway/ipam/v1/SyncResponse.js';

/**
 * What a node agent asks of the central address manager. The contract behind it is docs/lease-protocol.md.
 * 
 * Refusals carry google.rpc.ErrorInfo (reason, domain `terway`) and, where asking again makes sense, google.rpc.RetryInfo
 * in `grpc-status-details-bin`. Every call obeys the caller's deadline and cancellation. All times are milliseconds; a
 * name that ends in `_at_ms` is Unix time, any other `_ms` is a length.
 */
export interface IpamServiceClient extends grpc.Client {
  /**
   * Binds an address of the node to an owner: the one it already holds, else the one idle longest, else it waits for the
   * refill until the caller's deadline. Repeating a call with the same allocation id gives the same answer.
   * Refusals: pool-exhausted, vswitch-exhausted, eni-limit-reached, cloud-throttled, cloud-unavailable,
   * allocation-released, node-recovering, sync-required, session-superseded, generation-changed, store-went-back,
   * store-unavailable, invalid-request.
   */
  Allocate(argument: _terway_ipam_v1_AllocateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_AllocateResponse>): grpc.ClientUnaryCall;
  Allocate(argument: _terway_ipam_v1_AllocateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ipam_v1_AllocateResponse>): grpc.ClientUnaryCall;
  Allocate(argument: _terway_ipam_v1_AllocateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_AllocateResponse>): grpc.ClientUnaryCall;
  Allocate(argument: _terway_ipam_v1_AllocateRequestInput, callback: grpc.requestCallback<_terway_ipam_v1_AllocateResponse>): grpc.ClientUnaryCall;
  /**
   * Binds an address of the node to an owner: the one it already holds, else the one idle longest, else it waits for the
   * refill until the caller's deadline. Repeating a call with the same allocation id gives the same answer.
   * Refusals: pool-exhausted, vswitch-exhausted, eni-limit-reached, cloud-throttled, cloud-unavailable,
   * allocation-released, node-recovering, sync-required, session-superseded, generation-changed, store-went-back,
   * store-unavailable, invalid-request.
   */
  allocate(argument: _terway_ipam_v1_AllocateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_AllocateResponse>): grpc.ClientUnaryCall;
  allocate(argument: _terway_ipam_v1_AllocateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ipam_v1_AllocateResponse>): grpc.ClientUnaryCall;
  allocate(argument: _terway_ipam_v1_AllocateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_AllocateResponse>): grpc.ClientUnaryCall;
  allocate(argument: _terway_ipam_v1_AllocateRequestInput, callback: grpc.requestCallback<_terway_ipam_v1_AllocateResponse>): grpc.ClientUnaryCall;
  
  /**
   * Starts a session of a node's agent. Every session begins with Open and then Sync, and every other call of the node
   * is refused `sync-required` in between. Creates the node's record when there is none.
   * Refusals: node-unknown, node-frozen, store-unavailable, schema-too-new.
   */
  Open(argument: _terway_ipam_v1_OpenRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_OpenResponse>): grpc.ClientUnaryCall;
  Open(argument: _terway_ipam_v1_OpenRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ipam_v1_OpenResponse>): grpc.ClientUnaryCall;
  Open(argument: _terway_ipam_v1_OpenRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_OpenResponse>): grpc.ClientUnaryCall;
  Open(argument: _terway_ipam_v1_OpenRequestInput, callback: grpc.requestCallback<_terway_ipam_v1_OpenResponse>): grpc.ClientUnaryCall;
  /**
   * Starts a session of a node's agent. Every session begins with Open and then Sync, and every other call of the node
   * is refused `sync-required` in between. Creates the node's record when there is none.
   * Refusals: node-unknown, node-frozen, store-unavailable, schema-too-new.
   */
  open(argument: _terway_ipam_v1_OpenRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_OpenResponse>): grpc.ClientUnaryCall;
  open(argument: _terway_ipam_v1_OpenRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ipam_v1_OpenResponse>): grpc.ClientUnaryCall;
  open(argument: _terway_ipam_v1_OpenRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_OpenResponse>): grpc.ClientUnaryCall;
  open(argument: _terway_ipam_v1_OpenRequestInput, callback: grpc.requestCallback<_terway_ipam_v1_OpenResponse>): grpc.ClientUnaryCall;
  
  /**
   * Lets an address go. Idempotent; a release that comes before its allocate makes the late allocate fail.
   * Refusals: those of Allocate that concern session, generation and store.
   */
  Release(argument: _terway_ipam_v1_ReleaseRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_ReleaseResponse>): grpc.ClientUnaryCall;
  Release(argument: _terway_ipam_v1_ReleaseRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ipam_v1_ReleaseResponse>): grpc.ClientUnaryCall;
  Release(argument: _terway_ipam_v1_ReleaseRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_ReleaseResponse>): grpc.ClientUnaryCall;
  Release(argument: _terway_ipam_v1_ReleaseRequestInput, callback: grpc.requestCallback<_terway_ipam_v1_ReleaseResponse>): grpc.ClientUnaryCall;
  /**
   * Lets an address go. Idempotent; a release that comes before its allocate makes the late allocate fail.
   * Refusals: those of Allocate that concern session, generation and store.
   */
  release(argument: _terway_ipam_v1_ReleaseRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_ReleaseResponse>): grpc.ClientUnaryCall;
  release(argument: _terway_ipam_v1_ReleaseRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ipam_v1_ReleaseResponse>): grpc.ClientUnaryCall;
  release(argument: _terway_ipam_v1_ReleaseRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_ReleaseResponse>): grpc.ClientUnaryCall;
  release(argument: _terway_ipam_v1_ReleaseRequestInput, callback: grpc.requestCallback<_terway_ipam_v1_ReleaseResponse>): grpc.ClientUnaryCall;
  
  /**
   * The agent lives; carries acknowledgements, brings directives and the node's idle addresses. One at a time.
   * Refusals: those of Allocate that concern session, generation and store.
   */
  Renew(argument: _terway_ipam_v1_RenewRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_RenewResponse>): grpc.ClientUnaryCall;
  Renew(argument: _terway_ipam_v1_RenewRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ipam_v1_RenewResponse>): grpc.ClientUnaryCall;
  Renew(argument: _terway_ipam_v1_RenewRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_RenewResponse>): grpc.ClientUnaryCall;
  Renew(argument: _terway_ipam_v1_RenewRequestInput, callback: grpc.requestCallback<_terway_ipam_v1_RenewResponse>): grpc.ClientUnaryCall;
  /**
   * The agent lives; carries acknowledgements, brings directives and the node's idle addresses. One at a time.
   * Refusals: those of Allocate that concern session, generation and store.
   */
  renew(argument: _terway_ipam_v1_RenewRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_RenewResponse>): grpc.ClientUnaryCall;
  renew(argument: _terway_ipam_v1_RenewRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ipam_v1_RenewResponse>): grpc.ClientUnaryCall;
  renew(argument: _terway_ipam_v1_RenewRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_RenewResponse>): grpc.ClientUnaryCall;
  renew(argument: _terway_ipam_v1_RenewRequestInput, callback: grpc.requestCallback<_terway_ipam_v1_RenewResponse>): grpc.ClientUnaryCall;
  
  /**
   * A full statement of what the node has wired: the service makes its record equal to it.
   * Refusals: session-superseded, generation-changed, node-frozen, store-unavailable, invalid-request.
   */
  Sync(argument: _terway_ipam_v1_SyncRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_SyncResponse>): grpc.ClientUnaryCall;
  Sync(argument: _terway_ipam_v1_SyncRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ipam_v1_SyncResponse>): grpc.ClientUnaryCall;
  Sync(argument: _terway_ipam_v1_SyncRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_SyncResponse>): grpc.ClientUnaryCall;
  Sync(argument: _terway_ipam_v1_SyncRequestInput, callback: grpc.requestCallback<_terway_ipam_v1_SyncResponse>): grpc.ClientUnaryCall;
  /**
   * A full statement of what the node has wired: the service makes its record equal to it.
   * Refusals: session-superseded, generation-changed, node-frozen, store-unavailable, invalid-request.
   */
  sync(argument: _terway_ipam_v1_SyncRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_SyncResponse>): grpc.ClientUnaryCall;
  sync(argument: _terway_ipam_v1_SyncRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_terway_ipam_v1_SyncResponse>): grpc.ClientUnaryCall;
  sync(argument: _terway_ipam_v1_SyncRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_terway_ipam_v1_SyncResponse>): grpc.ClientUnaryCall;
  sync(argument: _terway_ipam_v1_SyncRequestInput, callback: grpc.requestCallback<_terway_ipam_v1_SyncResponse>): grpc.ClientUnaryCall;
  
}

/**
 * What a node agent asks of the central address manager. The contract behind it is docs/lease-protocol.md.
 * 
 * Refusals carry google.rpc.ErrorInfo (reason, domain `terway`) and, where asking again makes sense, google.rpc.RetryInfo
 * in `grpc-status-details-bin`. Every call obeys the caller's deadline and cancellation. All times are milliseconds; a
 * name that ends in `_at_ms` is Unix time, any other `_ms` is a length.
 */
export interface IpamServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Binds an address of the node to an owner: the one it already holds, else the one idle longest, else it waits for the
   * refill until the caller's deadline. Repeating a call with the same allocation id gives the same answer.
   * Refusals: pool-exhausted, vswitch-exhausted, eni-limit-reached, cloud-throttled, cloud-unavailable,
   * allocation-released, node-recovering, sync-required, session-superseded, generation-changed, store-went-back,
   * store-unavailable, invalid-request.
   */
  Allocate: grpc.handleUnaryCall<_terway_ipam_v1_AllocateRequest, _terway_ipam_v1_AllocateResponseInput>;
  
  /**
   * Starts a session of a node's agent. Every session begins with Open and then Sync, and every other call of the node
   * is refused `sync-required` in between. Creates the node's record when there is none.
   * Refusals: node-unknown, node-frozen, store-unavailable, schema-too-new.
   */
  Open: grpc.handleUnaryCall<_terway_ipam_v1_OpenRequest, _terway_ipam_v1_OpenResponseInput>;
  
  /**
   * Lets an address go. Idempotent; a release that comes before its allocate makes the late allocate fail.
   * Refusals: those of Allocate that concern session, generation and store.
   */
  Release: grpc.handleUnaryCall<_terway_ipam_v1_ReleaseRequest, _terway_ipam_v1_ReleaseResponseInput>;
  
  /**
   * The agent lives; carries acknowledgements, brings directives and the node's idle addresses. One at a time.
   * Refusals: those of Allocate that concern session, generation and store.
   */
  Renew: grpc.handleUnaryCall<_terway_ipam_v1_RenewRequest, _terway_ipam_v1_RenewResponseInput>;
  
  /**
   * A full statement of what the node has wired: the service makes its record equal to it.
   * Refusals: session-superseded, generation-changed, node-frozen, store-unavailable, invalid-request.
   */
  Sync: grpc.handleUnaryCall<_terway_ipam_v1_SyncRequest, _terway_ipam_v1_SyncResponseInput>;
  
}

export interface IpamServiceDefinition extends grpc.ServiceDefinition {
  Allocate: MethodDefinition<_terway_ipam_v1_AllocateRequestInput, _terway_ipam_v1_AllocateResponseInput, _terway_ipam_v1_AllocateRequest, _terway_ipam_v1_AllocateResponse>
  Open: MethodDefinition<_terway_ipam_v1_OpenRequestInput, _terway_ipam_v1_OpenResponseInput, _terway_ipam_v1_OpenRequest, _terway_ipam_v1_OpenResponse>
  Release: MethodDefinition<_terway_ipam_v1_ReleaseRequestInput, _terway_ipam_v1_ReleaseResponseInput, _terway_ipam_v1_ReleaseRequest, _terway_ipam_v1_ReleaseResponse>
  Renew: MethodDefinition<_terway_ipam_v1_RenewRequestInput, _terway_ipam_v1_RenewResponseInput, _terway_ipam_v1_RenewRequest, _terway_ipam_v1_RenewResponse>
  Sync: MethodDefinition<_terway_ipam_v1_SyncRequestInput, _terway_ipam_v1_SyncResponseInput, _terway_ipam_v1_SyncRequest, _terway_ipam_v1_SyncResponse>
}
