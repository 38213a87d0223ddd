import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Route } from './control/route.js';
import { routes } from './control/routes.js';
import type { SimulatedCloud } from './simulated-cloud.js';
import { SimulatorError } from './simulator-error.js';

/** Where tests and labs seed the cloud, do it harm and look at its true state. Never reachable through the OpenAPI port. */
export function createControlServer(cloud: SimulatedCloud): Server {
  return createServer((request, response) => {
    answer(cloud, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else reply(response, ...failure(error));
    });
  });
}

async function answer(cloud: SimulatedCloud, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://control');
  const found = routes.find((route) => route.method === request.method && matches(route, url.pathname));
  if (!found) return reply(response, 404, { error: `no such route: ${request.method} ${url.pathname}` });
  const body = parsed(await text(request));
  const name = found.path.endsWith('*') ? decodeURIComponent(url.pathname.slice(found.path.length - 1)) : '';
  const asked = { cloud, name, query: url.searchParams, body };
  if (found.stream) found.stream(asked, response);
  else reply(response, 200, found.handle?.(asked) ?? {});
}

function matches({ path }: Route, pathname: string): boolean {
  if (!path.endsWith('*')) return path === pathname;
  const prefix = path.slice(0, -1);
  return pathname.startsWith(prefix) && pathname.length > prefix.length;
}

function parsed(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new SimulatorError('the body', 'JSON', body.slice(0, 100));
  }
}

function failure(error: unknown): [status: number, body: object] {
  if (!(error instanceof SimulatorError)) return [500, { error: String(error) }];
  const { message, field, expected, got } = error;
  return [400, { error: message, field, expected, got: got ?? null }];
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
