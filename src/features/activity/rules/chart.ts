const blocks = '▏▎▍▌▋▊▉█';

/** A bar in eighths of a character: `width` characters for `max`, empty for 0, and something to be seen for everything else. */
export function bar(value: number, max: number, width: number): string {
  if (value <= 0 || max <= 0) return '';
  const eighths = Math.max(1, Math.round((Math.min(value, max) / max) * width * 8));
  const rest = eighths % 8;
  return '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : blocks.charAt(rest - 1));
}

/** The UTC days up to today, `2026-02-28` first, the oldest first. */
export function lastDays(count: number, nowMs: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(nowMs - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}
