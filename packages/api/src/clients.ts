import { type ChannelOptions, Client, credentials, Metadata, type MethodDefinition } from '@grpc/grpc-js';
import { onAbort } from '@terway/runtime';
import {
  type MethodName,
  type RequestInputOf,
  type ResponseOf,
  serviceDefinition,
  type ServiceName,
  type Services,
} from './protocol.js';
import { maxMessageBytes } from './server.js';

export interface CallOptions {
  /** Time for the whole call. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly metadata?: Metadata | undefined;
}

type Call<Method> = (request: RequestInputOf<Method>, options: CallOptions) => Promise<ResponseOf<Method>>;

/**
 * A service as promises: `client.allocate(request, { deadlineMs, signal })`. Rejects with gRPC's
 * `ServiceError`, or with the reason of `signal` once that has aborted.
 */
export type ServiceClient<Name extends ServiceName> = {
  readonly [Method in MethodName<Services[Name]> as Uncapitalize<Method>]: Call<Services[Name][Method]>;
} & { close(): void };

export type IpamClient = ServiceClient<'terway.ipam.v1.IpamService'>;
export type OpsClient = ServiceClient<'terway.ops.v1.OpsService'>;
export type AgentClient = ServiceClient<'terway.agent.v1.AgentService'>;

/** Retries are the caller's; every address is used; a dead one is noticed by keepalive and soon tried again. */
const channelOptions: ChannelOptions = {
  'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  'grpc.enable_retries': 0,
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 5_000,
  'grpc.keepalive_permit_without_calls': 1,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 5_000,
  'grpc.max_receive_message_length': maxMessageBytes,
};

/**
 * @param target as `targetOf` makes it
 * @param prepare gets the metadata of every call before it is sent, for example to write a trace into it
 */
export function createClient<Name extends ServiceName>(
  name: Name,
  target: string,
  prepare: (metadata: Metadata) => void = () => undefined,
): ServiceClient<Name> {
  const client = new Client(target, credentials.createInsecure(), channelOptions);
  const methods = Object.entries(serviceDefinition(name)).map(([method, definition]) => {
    const call = (request: unknown, options: CallOptions): Promise<unknown> => {
      const metadata = options.metadata?.clone() ?? new Metadata();
      prepare(metadata);
      return callUnary(client, definition, request, { ...options, metadata });
    };
    return [method.charAt(0).toLowerCase() + method.slice(1), call];
  });
  return { ...Object.fromEntries(methods), close: () => client.close() } as ServiceClient<Name>;
}

/**
 * The target for a set of replicas: IP addresses with ports are all used in turn, a name is resolved, and a path that
 * begins with `/` is a unix socket.
 *
 * @param addresses `10.0.0.1:19650`, `[fd00::1]:19650`, `ipam.kube-system:19650` or `/var/run/eni/eni.socket`
 * @throws RangeError for an empty set, or one that mixes kinds
 */
export function targetOf(addresses: readonly string[]): string {
  const [first, ...others] = addresses;
  if (first === undefined) throw new RangeError('addresses: expected at least one, got none');
  const scheme = schemeOf(first);
  if (scheme === 'ipv4' || scheme === 'ipv6') {
    const foreign = others.find((address) => schemeOf(address) !== scheme);
    if (foreign === undefined) return `${scheme}:${addresses.join(',')}`;
    throw new RangeError(`addresses: expected only ${scheme} beside "${first}", got "${foreign}"`);
  }
  if (others.length > 0) throw new RangeError(`addresses: expected "${first}" to stand alone, got ${addresses.length}`);
  return scheme === 'unix' ? `unix:${first}` : `dns:///${first}`;
}

function schemeOf(address: string): 'ipv4' | 'ipv6' | 'unix' | 'dns' {
  if (address.startsWith('/')) return 'unix';
  if (address.startsWith('[')) return 'ipv6';
  return /^\d+(\.\d+){3}:\d+$/.test(address) ? 'ipv4' : 'dns';
}

function callUnary(
  client: Client,
  { path, requestSerialize, responseDeserialize }: MethodDefinition<unknown, unknown>,
  request: unknown,
  { deadlineMs, signal, metadata }: CallOptions & { readonly metadata: Metadata },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const deadline = Date.now() + deadlineMs;
    const call = client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      metadata,
      { deadline },
      (error, response) => {
        stopListening?.();
        if (error === null) resolve(response);
        else reject(signal?.aborted === true ? signal.reason : error);
      },
    );
    const stopListening = signal && onAbort(signal, () => call.cancel());
  });
}
