import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Caller, serve } from './pipeline.js';
import type { SimulatedCloud } from './simulated-cloud.js';
import type { Doorman } from './wire/authenticate.js';
import type { Ending, Reply } from './wire/ending.js';
import { parseCall } from './wire/wire-call.js';

/** A hundred ENI ids and twenty tags in the query are some five KiB; nobody shall meet a limit here first. */
const maxHeaderSize = 256 * 1024;

/** ECS and VPC on one port: the version tells them apart, and any path is taken. */
export function createOpenApiServer(cloud: SimulatedCloud, doorman: Doorman): Server {
  const server = createServer({ maxHeaderSize, noDelay: true, keepAliveTimeout: 75_000 }, (request, response) => {
    answer(cloud, doorman, request, response).catch((error: unknown) => {
      response.writeHead(599, { 'content-type': 'text/plain' });
      response.end(`the simulator failed: ${String(error)}`);
    });
  });
  server.headersTimeout = 80_000;
  server.on('connection', (socket) => {
    if (cloud.clock.nowMs() < cloud.outage.refuseUntilMs) socket.resetAndDestroy();
  });
  return server;
}

async function answer(
  cloud: SimulatedCloud,
  doorman: Doorman,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '/', headers } = request;
  const call = parseCall({ method, url, headers, body: await text(request) });
  const caller: Caller = { doorman, realNowMs: Date.now() };
  end(response, await serve(cloud, call, caller));
}

function end(response: ServerResponse, ending: Ending): void {
  switch (ending.kind) {
    case 'reply':
      head(response, ending).end(ending.body);
      break;
    case 'truncated':
      head(response, ending.reply).write(Buffer.from(ending.reply.body).subarray(0, ending.bytes), () =>
        response.destroy(),
      );
      break;
    case 'drip':
      drip(head(response, ending.reply), Buffer.from(ending.reply.body), ending.bytesPerSecond);
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'silence':
      break;
  }
}

function head(response: ServerResponse, reply: Reply): ServerResponse {
  return response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
}

function drip(response: ServerResponse, body: Buffer, bytesPerSecond: number): void {
  const ticksPerSecond = 10;
  const step = Math.max(1, Math.ceil(bytesPerSecond / ticksPerSecond));
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + step));
    sent += step;
    if (sent < body.length) return;
    clearInterval(timer);
    response.end();
  }, 1000 / ticksPerSecond);
  response.on('close', () => clearInterval(timer));
}
