const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** How long ago, in its two largest units: `3d4h`, `12m5s`, `0s`. Empty for a time that never was (0). */
export function ageText(atMs: number, nowMs: number): string {
  if (atMs === 0) return '';
  const ageMs = Math.max(0, nowMs - atMs);
  const first = units.findIndex(([, ms]) => ageMs >= ms);
  if (first < 0) return '0s';
  let restMs = ageMs;
  const parts = units.slice(first, first + 2).map(([unit, ms]) => {
    const count = Math.floor(restMs / ms);
    restMs -= count * ms;
    return count === 0 ? '' : `${count}${unit}`;
  });
  return parts.join('');
}
