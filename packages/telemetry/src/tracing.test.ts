import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { listen } from '@terway/runtime';
import { buildSync } from 'esbuild';
import { inSpan, tracing } from './tracing.js';

/** A client's span, and a server's call below it that has a span of its own. Prints the trace ids that they see. */
const tracedProgram = `
  import { observeCalls } from './grpc-middleware';
  import { createMetrics } from './metrics';
  import { injectTrace, inSpan, tracing } from './tracing';

  async function main() {
    const component = tracing({ serviceName: 'terway-test', env: process.env });
    await component.start();
    const metadata = new Map();
    await inSpan('agent attach', { kind: 'client' }, async (span) => {
      console.log(span.spanContext().traceId);
      injectTrace(metadata);
    });
    const middleware = observeCalls({
      metrics: createMetrics({ processMetrics: false }), part: 'ipam', outcomeOf: () => ({ code: 'INTERNAL' }), nowMs: Date.now,
    });
    const allocate = middleware('IpamService/Allocate', () =>
      inSpan('bind lease', {}, async (span) => console.log(span.spanContext().traceId)));
    await allocate(undefined, { metadata: { get: (key) => [metadata.get(key)].filter(Boolean) } });
    await component.stop();
  }
  void main();
`;

/** A process of its own, since the exporter loads Node's modules in a way that Jest's does not allow. */
async function runTraced(endpoint: string): Promise<string> {
  const bundle = buildSync({
    stdin: { contents: tracedProgram, resolveDir: __dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    write: false,
  });
  const child = spawn(process.execPath, ['-'], { env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(bundle.outputFiles[0]?.text);
  await once(child, 'close');
  return output;
}

/** A collector that keeps what it gets: in protobuf, names stay readable and ids are raw bytes. */
async function startCollector(): Promise<{ server: Server; endpoint: string; received: Buffer[] }> {
  const received: Buffer[] = [];
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      if (request.url === '/v1/traces') received.push(chunk);
    });
    request.on('end', () => response.end());
  });
  const port = await listen(server, { host: '127.0.0.1', port: 0 });
  return { server, endpoint: `http://127.0.0.1:${port}`, received };
}

describe('tracing', () => {
  it('records nothing without an endpoint', async () => {
    const component = tracing({ serviceName: 'terway-test', env: {} });
    await component.start();
    expect(await inSpan('work', {}, async (span) => span.isRecording())).toBe(false);
    await component.stop();
  });

  it('sends the spans of a call by OTLP, the server side under the client side', async () => {
    const { server, endpoint, received } = await startCollector();
    const output = await runTraced(endpoint).finally(() => server.close());
    const traceIds = output.trim().split('\n');
    expect(traceIds).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), traceIds[0]]);
    const sent = Buffer.concat(received);
    const names = ['terway-test', 'agent attach', 'IpamService/Allocate', 'bind lease'];
    expect(names.filter((name) => !sent.includes(name))).toEqual([]);
    expect(sent.includes(Buffer.from(traceIds[0] ?? '', 'hex'))).toBe(true);
  });
});
