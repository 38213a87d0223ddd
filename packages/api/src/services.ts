import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import {
  type MethodName,
  type RequestOf,
  type ResponseInputOf,
  serviceDefinition,
  type ServiceName,
  type Services,
} from './protocol.js';
import { unary, type UnaryHandler, type UnaryOptions } from './unary.js';

/** A service as promises: `{ allocate: (request, context) => Promise<response>, … }`. */
export type Handlers<Name extends ServiceName> = {
  readonly [Method in MethodName<Services[Name]> as Uncapitalize<Method>]: UnaryHandler<
    RequestOf<Services[Name][Method]>,
    ResponseInputOf<Services[Name][Method]>
  >;
};

export type IpamHandlers = Handlers<'terway.ipam.v1.IpamService'>;
export type OpsHandlers = Handlers<'terway.ops.v1.OpsService'>;
export type AgentHandlers = Handlers<'terway.agent.v1.AgentService'>;

/** Wraps a handler; `method` is the full name, for example `terway.ipam.v1.IpamService/Allocate`. */
export type UnaryMiddleware = <Request, Response>(
  method: string,
  handle: UnaryHandler<Request, Response>,
) => UnaryHandler<Request, Response>;

/** A service that a server can take in. */
export interface BoundService {
  readonly name: ServiceName;
  readonly definition: ServiceDefinition;
  readonly implement: (options: UnaryOptions) => UntypedServiceImplementation;
}

/** @param middleware the first one is the outermost */
export function bindService<Name extends ServiceName>(
  name: Name,
  handlers: Handlers<Name>,
  middleware: readonly UnaryMiddleware[] = [],
): BoundService {
  const definition = serviceDefinition(name);
  const byMethod = handlers as unknown as Readonly<Record<string, UnaryHandler<unknown, unknown>>>;

  const wrapped = Object.keys(definition).map((method): [string, UnaryHandler<unknown, unknown>] => {
    const handle = byMethod[method.charAt(0).toLowerCase() + method.slice(1)];
    if (handle === undefined) throw new Error(`${name} has no handler for ${method}`);
    const wrap = (inner: UnaryHandler<unknown, unknown>, outer: UnaryMiddleware): UnaryHandler<unknown, unknown> =>
      outer(`${name}/${method}`, inner);
    return [method, middleware.reduceRight(wrap, handle.bind(handlers))];
  });

  return {
    name,
    definition,
    implement: (options) => Object.fromEntries(wrapped.map(([method, handle]) => [method, unary(handle, options)])),
  };
}
