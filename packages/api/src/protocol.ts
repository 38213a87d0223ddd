import { join } from 'node:path';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { loadSync, type MessageTypeDefinition } from '@grpc/proto-loader';
import { protoPath as healthProto } from 'grpc-health-check';
import type { ErrorInfo, ErrorInfoInput } from './generated/google/rpc/ErrorInfo.js';
import type { RetryInfo, RetryInfoInput } from './generated/google/rpc/RetryInfo.js';
import type { Status, StatusInput } from './generated/google/rpc/Status.js';
import type { AgentServiceDefinition } from './generated/terway/agent/v1/AgentService.js';
import type { IpamServiceDefinition } from './generated/terway/ipam/v1/IpamService.js';
import type { OpsServiceDefinition } from './generated/terway/ops/v1/OpsService.js';
import { loaderOptions } from './loader-options.js';

/** Every service of the system by its full name. */
export interface Services {
  readonly 'terway.ipam.v1.IpamService': IpamServiceDefinition;
  readonly 'terway.ops.v1.OpsService': OpsServiceDefinition;
  readonly 'terway.agent.v1.AgentService': AgentServiceDefinition;
}

export type ServiceName = keyof Services;

/** Messages that travel beside the calls. */
interface Messages {
  readonly 'google.rpc.Status': MessageTypeDefinition<StatusInput, Status>;
  readonly 'google.rpc.ErrorInfo': MessageTypeDefinition<ErrorInfoInput, ErrorInfo>;
  readonly 'google.rpc.RetryInfo': MessageTypeDefinition<RetryInfoInput, RetryInfo>;
}

/** The names of a service's methods, without the index signature that every definition carries. */
export type MethodName<Definition> = keyof {
  [Name in keyof Definition as string extends Name ? never : Name]: true;
} &
  string;

/** What the reader of a request or response sees: every field present. */
export type RequestOf<Method> = Method extends { requestDeserialize: (bytes: Buffer) => infer Read } ? Read : never;
export type ResponseOf<Method> = Method extends { responseDeserialize: (bytes: Buffer) => infer Read } ? Read : never;

/** What the writer may give: every field optional. */
export type RequestInputOf<Method> = Method extends { requestSerialize: (value: infer Write) => Buffer }
  ? Write
  : never;
export type ResponseInputOf<Method> = Method extends { responseSerialize: (value: infer Write) => Buffer }
  ? Write
  : never;

const protoRoot = join(__dirname, '../../../proto');

/** All definitions, the health service's too, so that reflection can describe it. */
export const packageDefinition = loadSync(
  [
    'terway/ipam/v1/ipam.proto',
    'terway/ops/v1/ops.proto',
    'terway/agent/v1/agent.proto',
    'google/rpc/status.proto',
    'google/rpc/error_details.proto',
    healthProto,
  ],
  { ...loaderOptions, includeDirs: [protoRoot] },
);

export function serviceDefinition(name: ServiceName): ServiceDefinition {
  return packageDefinition[name] as ServiceDefinition;
}

export function messageType<Name extends keyof Messages>(name: Name): Messages[Name] {
  return packageDefinition[name] as unknown as Messages[Name];
}
