import { addDays, wallTimeAt, type CalendarDate, type WallTime } from './wall-clock.ts';

interface Speech {
  readonly locale: string;
  readonly timeZone: string;
}

/** "Tomorrow, 09:00 (in 14 hours)", as somebody reads it who is in that time zone. */
export function understoodText(dueMs: number, nowMs: number, speech: Speech): string {
  return `${dayText(dueMs, nowMs, speech)}, ${clockText(dueMs, speech)} (${distanceText(dueMs - nowMs, speech.locale)})`;
}

/** `2026-12-24 18:00`, which `understand` reads in every language. */
export function plainText(ms: number, timeZone: string): string {
  const { year, month, day, hour, minute, second } = wallTimeAt(ms, timeZone);
  const seconds = second === 0 ? '' : `:${two(second)}`;
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}${seconds}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function dayText(dueMs: number, nowMs: number, { locale, timeZone }: Speech): string {
  const [now, due] = [wallTimeAt(nowMs, timeZone), wallTimeAt(dueMs, timeZone)];
  const ahead = [0, 1].find((days) => isSameDay(addDays(now, days), due));
  if (ahead !== undefined) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(ahead, 'day');
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(due.year !== now.year && { year: 'numeric' }),
  }).format(dueMs);
}

function clockText(dueMs: number, { locale, timeZone }: Speech): string {
  return new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }).format(dueMs);
}

const sizes = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

function distanceText(ms: number, locale: string): string {
  const [unit, size] = sizes.find(([, length]) => Math.abs(ms) >= length) ?? (['second', 1_000] as const);
  return new Intl.RelativeTimeFormat(locale).format(Math.trunc(ms / size), unit);
}

function isSameDay(a: CalendarDate, b: WallTime): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day;
}
