import { setMaxListeners } from 'node:events';
import OpenApiClient, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import type { Action } from './alibaba-actions.js';
import type { CloudEndpoints } from './alibaba-endpoints.js';
import { outcomeOf } from './alibaba-errors.js';
import { Answer, MalformedAnswer } from './answer.js';
import { CredentialsError, type CredentialSource } from './credentials.js';
import type { Outcome } from './outcome.js';
import { Semaphore } from './semaphore.js';

export interface OpenApiSettings {
  readonly endpoints: CloudEndpoints;
  readonly credentials: CredentialSource;
  /** Silence after which the transport gives a request up, in milliseconds; default 20,000, at least 1. */
  readonly silenceMs?: number | undefined;
  /** The longest that a request may take in all, in milliseconds; default 30,000, at least 1. */
  readonly deadlineMs?: number | undefined;
  /** Requests on the wire at the same time; default 32, at least 1. */
  readonly maxInFlight?: number | undefined;
  /** Added to the header `user-agent`. */
  readonly userAgent?: string | undefined;
}

const versions = { ecs: '2014-05-26', vpc: '2016-04-28' } as const;

/** The part of the vendor's client that we use; it takes plain objects. */
interface GenericClient {
  callApi(params: object, request: object, runtime: object): Promise<Record<string, unknown>>;
}

/**
 * Signed requests through the vendor's generic client, each sent once. Every trap of that client ends here:
 *
 * - its retries stay off, and 0 as a time-out would mean at once;
 * - its time-outs must be equal: a read timer that is left over on a reused socket may clear the one of the next
 *   request, and then only the idle timer of the socket, the connect time-out, ends the wait;
 * - it cannot be aborted, so a request that its caller gives up goes on: the outcome is unknown, and the slot stays taken
 *   until the request ends or its deadline is over;
 * - an answer that is not JSON is a bare `SyntaxError`, a redirect is a success, and its error texts hold whole URLs;
 * - two copies of its error classes may be loaded: errors are told apart by their fields.
 */
export class AlibabaOpenApi {
  private readonly clients: Readonly<Record<Action<unknown>['product'], GenericClient>>;
  private readonly slots: Semaphore;
  private readonly deadlineMs: number;

  constructor(settings: OpenApiSettings) {
    this.clients = { ecs: clientFor('ecs', settings), vpc: clientFor('vpc', settings) };
    this.slots = new Semaphore(settings.maxInFlight ?? 32);
    this.deadlineMs = atLeastOne('deadline', settings.deadlineMs ?? 30_000);
  }

  /** Never throws: a request that ends without a usable answer is an unknown outcome. */
  async call<T>(action: Action<T>, signal: AbortSignal): Promise<Outcome<T>> {
    // one signal may end hundreds of calls: Node would take its eleventh listener for a leak
    setMaxListeners(0, signal);
    try {
      const release = await this.slots.take(signal);
      const sent = orAborted(this.send(action), AbortSignal.timeout(this.deadlineMs)).finally(release);
      const response = await orAborted(sent, signal);
      const body = new Answer(response['body']);
      const requestId = body.text('RequestId');
      return { kind: 'done', value: action.read(body), requestId };
    } catch (error) {
      return failureOf(error, action.name);
    }
  }

  private send({ product, name, query }: Action<unknown>): Promise<Record<string, unknown>> {
    const params = {
      action: name,
      version: versions[product],
      protocol: 'HTTPS',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    };
    return this.clients[product].callApi(params, { query: OpenApiUtil.query(query) }, {});
  }
}

function clientFor(product: Action<unknown>['product'], settings: OpenApiSettings): GenericClient {
  const { endpoints, credentials, userAgent } = settings;
  const silenceMs = atLeastOne('silence', settings.silenceMs ?? 20_000);
  return new OpenApiClient(
    new $OpenApiUtil.Config({
      endpoint: endpoints[product],
      protocol: endpoints.protocol,
      readTimeout: silenceMs,
      connectTimeout: silenceMs,
      userAgent,
      credential: { getCredential: () => signingCredential(credentials) },
    }),
  );
}

async function signingCredential(source: CredentialSource): Promise<Record<string, unknown>> {
  const credentials = await source.current();
  const type = credentials.securityToken === undefined ? 'access_key' : 'sts';
  return { ...credentials, type, providerName: source.name };
}

/** What became of a request that ended with `error`. */
function failureOf(error: unknown, actionName: string): Outcome<never> {
  if (error instanceof CredentialsError) {
    const nobody = { status: 0, requestId: '' };
    return { kind: 'refused', reason: 'not-allowed', code: 'NoCredentials', message: error.message, ...nobody };
  }
  const { code, statusCode, data, requestId, retryAfter } = fieldsOf(error);
  if (typeof statusCode !== 'number') return { kind: 'unknown', cause: `${actionName}: ${causeOf(error)}` };
  return outcomeOf({
    status: statusCode,
    // the client writes absent fields out
    code: typeof code === 'string' && code !== 'undefined' ? code : '',
    message: text(fieldsOf(data)['Message']) || text(fieldsOf(data)['message']),
    requestId: text(requestId) === 'undefined' ? '' : text(requestId),
    retryAfterMs: typeof retryAfter === 'number' && retryAfter >= 0 ? retryAfter : undefined,
  });
}

function causeOf(error: unknown): string {
  if (error instanceof MalformedAnswer) return error.message;
  if (error instanceof SyntaxError) return 'the answer is not JSON';
  const { name, code, message } = fieldsOf(error);
  const words = [name, code, withoutUrls(text(message))].map(text).filter((word) => word !== '');
  return words.length === 0 ? withoutUrls(String(error)) : words.join(' ');
}

/** URLs hold every parameter of the request, and `path` in a time-out's text is one without its host. */
function withoutUrls(message: string): string {
  return message.replaceAll(/https?:\/\/\S*/g, 'URL').replaceAll(/\/\?\S*/g, 'URL');
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function atLeastOne(field: string, ms: number): number {
  if (ms >= 1) return ms;
  throw new RangeError(`${field}: expected milliseconds >= 1, got ${ms}`);
}

/** `work`, or the reason of `signal` as soon as it aborts. The work itself goes on. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
