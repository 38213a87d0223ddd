import type { Metrics } from './metrics.js';
import { inSpan, underTraceOf } from './tracing.js';

/** How a failed call ends: the name of its gRPC status, and the reason when it was a refusal. */
export interface CallOutcome {
  readonly code: string;
  readonly reason?: string;
}

interface CallLike {
  readonly metadata: { get(key: string): (string | Buffer)[] };
}

export interface CallObserver {
  readonly metrics: Metrics;
  /** Part of the metric names: `ipam` gives `terway_ipam_call_duration_seconds`. */
  readonly part: string;
  readonly outcomeOf: (error: unknown) => CallOutcome;
  readonly nowMs: () => number;
}

/**
 * Middleware of unary handlers: a span and a duration for every call, a count by reason for every refusal.
 *
 * Metrics: `terway_<part>_call_duration_seconds{method, code}`, `terway_<part>_refusals_total{method, reason}`.
 */
export function observeCalls({ metrics, part, outcomeOf, nowMs }: CallObserver) {
  const durations = metrics.histogram({
    name: `terway_${part}_call_duration_seconds`,
    help: 'Time from the arrival of a call to its answer',
    labels: ['method', 'code'],
  });
  const refusals = metrics.counter({
    name: `terway_${part}_refusals_total`,
    help: 'Calls that were refused, by reason',
    labels: ['method', 'reason'],
  });

  return <Request, Response, Context extends CallLike>(
    method: string,
    handle: (request: Request, context: Context) => Promise<Response>,
  ): ((request: Request, context: Context) => Promise<Response>) => {
    const short = method.slice(method.lastIndexOf('/') + 1);
    const end = (startMs: number, { code, reason }: CallOutcome): void => {
      durations.observe({ method: short, code }, (nowMs() - startMs) / 1_000);
      if (reason !== undefined) refusals.inc({ method: short, reason });
    };

    return (request, context) =>
      underTraceOf(context.metadata, () =>
        inSpan(method, { kind: 'server', attributes: { 'rpc.system': 'grpc' } }, async (span) => {
          const startMs = nowMs();
          try {
            const response = await handle(request, context);
            end(startMs, { code: 'OK' });
            return response;
          } catch (error) {
            const outcome = outcomeOf(error);
            end(startMs, outcome);
            span.setAttribute('rpc.grpc.status_code', outcome.code);
            if (outcome.reason !== undefined) span.setAttribute('terway.reason', outcome.reason);
            throw error;
          }
        }),
      );
  };
}
