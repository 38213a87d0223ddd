import { type Attributes, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Component } from '@terway/runtime';

export interface TracingOptions {
  /** Name of the process in a trace, for example `terway-ipam`. */
  readonly serviceName: string;
  /** Attributes of the process, for example the node's instance id. */
  readonly attributes?: Attributes;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Sends spans by OTLP over HTTP to `OTEL_EXPORTER_OTLP_ENDPOINT`, for example `http://collector:4318`. The SDK reads its
 * other `OTEL_*` variables itself. Without an endpoint nothing of it is loaded, and spans cost next to nothing.
 */
export function tracing({ serviceName, attributes = {}, env }: TracingOptions): Component {
  let shutdown = async (): Promise<void> => undefined;
  return {
    name: 'tracing',
    async start() {
      const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
      if (!endpoint) return;
      const [{ NodeTracerProvider }, { BatchSpanProcessor }, { resourceFromAttributes }, { OTLPTraceExporter }] =
        await Promise.all([
          import('@opentelemetry/sdk-trace-node'),
          import('@opentelemetry/sdk-trace-base'),
          import('@opentelemetry/resources'),
          import('@opentelemetry/exporter-trace-otlp-proto'),
        ]);
      const provider = new NodeTracerProvider({
        resource: resourceFromAttributes({ 'service.name': serviceName, ...attributes }),
        spanProcessors: [
          new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })),
        ],
      });
      provider.register();
      shutdown = () => provider.shutdown();
    },
    stop: () => shutdown(),
  };
}

export interface SpanOptions {
  /** `client` for a call to another process, `server` for one that came in. */
  readonly kind?: 'internal' | 'client' | 'server';
  readonly attributes?: Attributes;
}

const kinds = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT, server: SpanKind.SERVER };

/** Runs `task` in a span that is a child of the current one; a failure marks the span and passes through. */
export function inSpan<T>(name: string, options: SpanOptions, task: (span: Span) => Promise<T>): Promise<T> {
  const { kind = 'internal', attributes = {} } = options;
  return trace.getTracer('terway').startActiveSpan(name, { kind: kinds[kind], attributes }, async (span) => {
    try {
      return await task(span);
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Writes the current span into a call's metadata, so that the server's span becomes its child. */
export function injectTrace(metadata: { set(key: string, value: string): void }): void {
  propagation.inject(context.active(), metadata, { set: (carrier, key, value) => carrier.set(key, value) });
}

/** Runs `task` under the span that a call's metadata names. */
export function underTraceOf<T>(metadata: { get(key: string): (string | Buffer)[] }, task: () => T): T {
  const parent = propagation.extract(context.active(), metadata, {
    get: (carrier, key) => carrier.get(key)[0]?.toString(),
    keys: () => [],
  });
  return context.with(parent, task);
}
