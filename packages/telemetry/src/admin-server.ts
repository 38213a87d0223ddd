import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Component, errorText, type HostPort, listen } from '@terway/runtime';
import type { Metrics } from './metrics.js';

/** One thing that must hold. Answers undefined while it does, else the reason in words. */
export interface HealthCheck {
  readonly name: string;
  readonly problem: () => string | undefined | Promise<string | undefined>;
}

export interface AdminServerOptions {
  readonly name: string;
  readonly at: HostPort;
  readonly metrics: Metrics;
  /** Must not ask anything beyond this process: a restart mends nothing elsewhere. */
  readonly live: readonly HealthCheck[];
  readonly ready: readonly HealthCheck[];
}

export interface AdminServer extends Component {
  /** The bound port, once started. */
  readonly port: () => number;
}

interface Answer {
  readonly code: number;
  readonly contentType: string;
  readonly body: string;
}

/** HTTP for machines: `/metrics`, `/livez` and `/readyz`, and nothing else. */
export function adminServer({ name, at, metrics, live, ready }: AdminServerOptions): AdminServer {
  const pages: Readonly<Record<string, () => Promise<Answer>>> = {
    '/metrics': async () => ({ code: 200, ...(await metrics.expose()) }),
    '/livez': () => healthAnswer(live),
    '/readyz': () => healthAnswer(ready),
  };
  const server = createServer((request, response) => void respond(request, response, pages));
  let port = 0;

  return {
    name,
    port: () => port,
    async start() {
      port = await listen(server, at);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  { method = '', url = '' }: IncomingMessage,
  response: ServerResponse,
  pages: Readonly<Record<string, () => Promise<Answer>>>,
): Promise<void> {
  const { code, contentType, body } = await answerTo(method, pages[url.replace(/\?.*$/, '')]);
  response.writeHead(code, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(method === 'HEAD' ? undefined : body);
}

async function answerTo(method: string, page: (() => Promise<Answer>) | undefined): Promise<Answer> {
  if (page === undefined) return text(404, 'expected /metrics, /livez or /readyz\n');
  if (method !== 'GET' && method !== 'HEAD') return text(405, `expected GET or HEAD, got ${method}\n`);
  try {
    return await page();
  } catch (error) {
    return text(500, `${errorText(error)}\n`);
  }
}

/** One line a check, as Kubernetes' own components answer: `[+]store ok`, `[-]store redis does not answer`. */
async function healthAnswer(checks: readonly HealthCheck[]): Promise<Answer> {
  const problems = await Promise.all(checks.map(problemOf));
  const lines = checks.map(({ name }, index) => {
    const problem = problems[index];
    return problem === undefined ? `[+]${name} ok\n` : `[-]${name} ${problem}\n`;
  });
  const healthy = problems.every((problem) => problem === undefined);
  return text(healthy ? 200 : 503, `${lines.join('')}${healthy ? 'ok' : 'failed'}\n`);
}

async function problemOf({ problem }: HealthCheck): Promise<string | undefined> {
  try {
    return await problem();
  } catch (error) {
    return errorText(error);
  }
}

function text(code: number, body: string): Answer {
  return { code, contentType: 'text/plain; charset=utf-8', body };
}
