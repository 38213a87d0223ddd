export { type AdminServer, adminServer, type AdminServerOptions, type HealthCheck } from './admin-server.js';
export { type CallObserver, type CallOutcome, observeCalls } from './grpc-middleware.js';
export {
  type CounterName,
  createMetrics,
  type GaugeName,
  type HistogramName,
  latencyBucketsSeconds,
  type Metrics,
  type MetricsOptions,
} from './metrics.js';
export { injectTrace, inSpan, type SpanOptions, tracing, type TracingOptions, underTraceOf } from './tracing.js';
