import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

type Unit = 'seconds' | 'milliseconds' | 'bytes' | 'ratio';

/** `terway_<part>_<what>_total` */
export type CounterName = `terway_${string}_${string}_total`;
/** `terway_<part>_<what>_<unit>` */
export type HistogramName = `terway_${string}_${string}_${Unit}`;
/** `terway_<part>_<what>` where things are counted, else with a unit at the end. */
export type GaugeName = `terway_${string}_${string}`;

interface Declared<Name extends string, Label extends string> {
  readonly name: Name;
  readonly help: string;
  /** Small closed sets such as reason, action or zone; never a pod or an address. */
  readonly labels?: readonly Label[];
}

interface GaugeOf<Label extends string> extends Declared<GaugeName, Label> {
  /** Asked at every scrape, for numbers that are read rather than counted. */
  readonly collect?: (gauge: Gauge<Label>) => void | Promise<void>;
}

/** The metrics of one process, and nothing global: each declaration belongs to this registry. */
export interface Metrics {
  counter<Label extends string = never>(metric: Declared<CounterName, Label>): Counter<Label>;
  gauge<Label extends string = never>(metric: GaugeOf<Label>): Gauge<Label>;
  histogram<Label extends string = never>(
    metric: Declared<HistogramName, Label> & { readonly buckets?: readonly number[] },
  ): Histogram<Label>;
  /** What a scrape gets. */
  expose(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** From a lease out of the store to an ADD that waits its full 20 s. */
export const latencyBucketsSeconds: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40,
];

export interface MetricsOptions {
  /** Adds what Prometheus users expect of every process: CPU, memory, event loop, garbage collection. */
  readonly processMetrics: boolean;
}

/** @throws RangeError for a name of another form, Error for one that is taken */
export function createMetrics({ processMetrics }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });

  return {
    counter: ({ name, help, labels = [] }) =>
      new Counter({ name: checked(name, /_total$/), help, labelNames: labels, registers }),
    gauge: <Label extends string>({ name, help, labels = [], collect }: GaugeOf<Label>) => {
      const gauge: Gauge<Label> = new Gauge({
        name: checked(name, /(?<!_total)$/),
        help,
        labelNames: labels,
        registers,
        collect: () => collect?.(gauge),
      });
      return gauge;
    },
    histogram: ({ name, help, labels = [], buckets = latencyBucketsSeconds }) =>
      new Histogram({
        name: checked(name, /_(seconds|milliseconds|bytes|ratio)$/),
        help,
        labelNames: labels,
        registers,
        buckets: [...buckets],
      }),
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

/** The types cannot see capitals, dashes and empty parts. */
function checked(name: string, ending: RegExp): string {
  if (/^terway(_[a-z0-9]+){2,}$/.test(name) && ending.test(name)) return name;
  throw new RangeError(`metric name: expected terway_<part>_<what> with ${ending.source}, got "${name}"`);
}
