export { CallCancelled } from './call-cancelled.js';
export {
  type AgentClient,
  type CallOptions,
  createClient,
  type IpamClient,
  type OpsClient,
  type ServiceClient,
  targetOf,
} from './clients.js';
export type { ServiceName } from './protocol.js';
export { grpcServer, type GrpcServer, type GrpcServerOptions } from './server.js';
export {
  type AgentHandlers,
  bindService,
  type BoundService,
  type Handlers,
  type IpamHandlers,
  type OpsHandlers,
  type UnaryMiddleware,
} from './services.js';
export { isUnreachable, outcomeOf, type Refusal, refusalOf, statusOf } from './status.js';
export type { CallContext, UnaryHandler } from './unary.js';
export type * from './messages.js';
