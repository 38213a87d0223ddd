/** A value that its readers see late. */
export interface Lagged<T> {
  /** What is seen until the first of `later`. */
  readonly seen: T;
  /** In the order in which they come to be seen; the last one is the truth. */
  readonly later: readonly Version<T>[];
}

interface Version<T> {
  readonly seenFromMs: number;
  readonly value: T;
}

export function laggedFrom<T>(value: T): Lagged<T> {
  return { seen: value, later: [] };
}

/** Adds a version. A reader never goes back in time: it is seen no sooner than the one before it. */
export function written<T>(lagged: Lagged<T>, value: T, nowMs: number, lagMs: number): Lagged<T> {
  const seenFromMs = Math.max(nowMs + lagMs, lagged.later.at(-1)?.seenFromMs ?? nowMs);
  if (seenFromMs <= nowMs) return laggedFrom(value);
  const later = lagged.later.filter((version) => version.seenFromMs > nowMs);
  return { seen: seenAt(lagged, nowMs), later: [...later, { seenFromMs, value }] };
}

export function seenAt<T>({ seen, later }: Lagged<T>, nowMs: number): T {
  const version = later.findLast(({ seenFromMs }) => seenFromMs <= nowMs);
  return version ? version.value : seen;
}

/** Everybody sees the truth. */
export function isSettled<T>({ later }: Lagged<T>, nowMs: number): boolean {
  return later.every(({ seenFromMs }) => seenFromMs <= nowMs);
}
