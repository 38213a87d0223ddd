import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { metadataAt } from './metadata.js';
import type { SimulatedCloud } from './simulated-cloud.js';

export interface MetadataOptions {
  /** Whose metadata `/latest/…` shows when the request does not say. */
  readonly defaultInstanceId?: string;
  /** Refuse reads without a session token. */
  readonly tokensRequired: boolean;
}

/** Names the instance where the path does not. */
export const instanceHeader = 'x-terway-instance-id';
const tokenHeader = 'x-aliyun-ecs-metadata-token';
const lifetimeHeader = 'x-aliyun-ecs-metadata-token-ttl-seconds';
const maxLifetimeSeconds = 21_600;

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * The metadata service of every instance on one port: `/nodes/<instance id>/latest/…`, or `/latest/…` with the header
 * `x-terway-instance-id` or for the default instance.
 */
export function createMetadataServer(cloud: SimulatedCloud, options: MetadataOptions): Server {
  /** Session token -> virtual milliseconds at which it expires. */
  const tokens = new Map<string, number>();
  return createServer((request, response) => {
    const { status, text } = answer(cloud, options, tokens, request);
    response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
  });
}

function answer(
  cloud: SimulatedCloud,
  options: MetadataOptions,
  tokens: Map<string, number>,
  request: IncomingMessage,
): Answer {
  const nowMs = cloud.settle();
  const { instanceId, path } = targetOf(request, options);
  if (request.method === 'PUT' && path === '/latest/api/token') return newToken(tokens, request, nowMs);
  if (!isLetIn(tokens, request, options, nowMs)) return { status: 401, text: 'Unauthorized' };
  const root = '/latest/meta-data';
  if (request.method !== 'GET' || !path.startsWith(root)) return { status: 404, text: 'Not Found' };
  const text = metadataAt(cloud.world, instanceId, path.slice(root.length), nowMs);
  return text === undefined ? { status: 404, text: 'Not Found' } : { status: 200, text };
}

function targetOf(request: IncomingMessage, options: MetadataOptions): { instanceId: string; path: string } {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const match = /^\/nodes\/([^/]+)(\/.*)$/.exec(path);
  if (match) return { instanceId: match[1] ?? '', path: match[2] ?? '/' };
  return { instanceId: String(request.headers[instanceHeader] ?? options.defaultInstanceId ?? ''), path };
}

/** A forwarded request gets no token, or a proxy on the node could be used to steal one. */
function newToken(tokens: Map<string, number>, request: IncomingMessage, nowMs: number): Answer {
  const seconds = Number(request.headers[lifetimeHeader]);
  if (request.headers['x-forwarded-for'] !== undefined) return { status: 403, text: 'Forbidden' };
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > maxLifetimeSeconds) {
    return { status: 400, text: 'Bad Request' };
  }
  const token = randomUUID();
  tokens.set(token, nowMs + seconds * 1000);
  return { status: 200, text: token };
}

/** A wrong token is refused even where none is needed. */
function isLetIn(
  tokens: ReadonlyMap<string, number>,
  request: IncomingMessage,
  options: MetadataOptions,
  nowMs: number,
): boolean {
  const token = request.headers[tokenHeader];
  if (token === undefined) return !options.tokensRequired;
  return nowMs < (tokens.get(String(token)) ?? Number.NEGATIVE_INFINITY);
}
