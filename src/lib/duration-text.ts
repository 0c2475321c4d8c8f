const units = [
  ['d', 86_400, Infinity],
  ['h', 3_600, 24],
  ['min', 60, 60],
  ['s', 1, 60],
] as const;

/** A duration by its largest unit and the next, rounded down: `3 d 4 h`, `2 min 5 s`, `1 h`, `0 s`. */
export function durationText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = units.map(([unit, size, wrap]) => ({ unit, count: Math.floor(seconds / size) % wrap }));
  const largest = parts.findIndex(({ count }) => count > 0);
  if (largest === -1) return '0 s';
  return parts
    .slice(largest, largest + 2)
    .filter(({ count }) => count > 0)
    .map(({ unit, count }) => `${count} ${unit}`)
    .join(' ');
}
