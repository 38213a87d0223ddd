/** One figure of a benchmark; which way is better follows from the unit. */
export interface Row {
  /** Fixed: other runs are compared by it. */
  readonly name: string;
  readonly unit: 'ms' | '1/s' | 'ratio';
  readonly samples: readonly number[];
}

/** Samples in order, and what is read off them. */
export function summaryOf({ name, unit, samples }: Row): Record<string, string | number> {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2));
  return { name, unit, n: sorted.length, min: at(0), median: at(0.5), p99: at(0.99), max: at(1) };
}

/** One figure to another of the same run: what a noisy machine does to both falls out. */
export function ratio(name: string, over: Row, under: Row): Row {
  const median = (row: Row): number => Number(summaryOf(row)['median']);
  return { name, unit: 'ratio', samples: [median(over) / median(under)] };
}
