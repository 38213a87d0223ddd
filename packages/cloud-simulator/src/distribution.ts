import type { Random } from './random.js';

/** How long something takes, in milliseconds. */
export type Distribution =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly minMs: number; readonly maxMs: number }
  /** Clipped at `maxMs`, by default three times `p99Ms`. */
  | { readonly kind: 'log-normal'; readonly medianMs: number; readonly p99Ms: number; readonly maxMs?: number };

/** The 99th percentile of the standard normal distribution. */
const z99 = 2.326;

export function constant(ms: number): Distribution {
  return { kind: 'constant', ms };
}

export function logNormal(medianMs: number, p99Ms: number): Distribution {
  return { kind: 'log-normal', medianMs, p99Ms };
}

/** @returns whole milliseconds */
export function sample(distribution: Distribution, random: Random): number {
  if (distribution.kind === 'constant') return distribution.ms;
  if (distribution.kind === 'uniform') {
    return Math.round(distribution.minMs + random.next() * (distribution.maxMs - distribution.minMs));
  }
  const { medianMs, p99Ms, maxMs = 3 * p99Ms } = distribution;
  const sigma = Math.log(p99Ms / medianMs) / z99;
  return Math.round(Math.min(maxMs, medianMs * Math.exp(sigma * standardNormal(random))));
}

/** Box and Muller's method; 1 - u keeps the logarithm away from zero. */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
