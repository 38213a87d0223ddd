/** A value that its readers see late: the last version is the truth, each is seen from its own moment on. */
export type Lagged<T> = readonly [Version<T>, ...Version<T>[]];

interface Version<T> {
  readonly seenFromMs: number;
  readonly value: T;
}

export function laggedFrom<T>(value: T, seenFromMs = Number.NEGATIVE_INFINITY): Lagged<T> {
  return [{ seenFromMs, value }];
}

/** Adds a version. A reader never goes back in time: it is seen no sooner than the one before it. */
export function written<T>(lagged: Lagged<T>, value: T, nowMs: number, lagMs: number): Lagged<T> {
  const seenFromMs = Math.max(nowMs + lagMs, ...lagged.map((version) => version.seenFromMs));
  const version = { seenFromMs, value };
  if (seenFromMs <= nowMs) return [version];
  return [seenVersion(lagged, nowMs), ...lagged.filter((other) => other.seenFromMs > nowMs), version].filter(
    (other, index, all) => all.indexOf(other) === index,
  ) as unknown as Lagged<T>;
}

export function seenAt<T>(lagged: Lagged<T>, nowMs: number): T {
  return seenVersion(lagged, nowMs).value;
}

/** Everybody sees the truth. */
export function isSettled<T>(lagged: Lagged<T>, nowMs: number): boolean {
  return lagged.every((version) => version.seenFromMs <= nowMs);
}

function seenVersion<T>(lagged: Lagged<T>, nowMs: number): Version<T> {
  return lagged.findLast((version) => version.seenFromMs <= nowMs) ?? lagged[0];
}
