import { dateOf } from './named-day.ts';
import { folded, type Piece, type Unit } from './pieces.ts';
import { readings, type Language } from './read-pieces.ts';
import { morning, timeOfDay, type TimeOfDay } from './time-of-day.ts';
import { addDays, addMonths, instantOf, wallTimeAt, type WallTime } from './wall-clock.ts';

export interface Understood {
  /** In ms since 1970; may be in the past. */
  readonly dueMs: number;
  /** Counted from now on, like "in 2 hours": the same words mean something else a minute later. */
  readonly counted: boolean;
}

export interface Reader {
  readonly nowMs: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Tried before the others. */
  readonly language: Language;
  /** `12/24` rather than `24/12`. */
  readonly monthFirst: boolean;
  /** `2h` is two hours in every language, also where it could be two o'clock; `18h30` stays the time of day that it is in some. */
  readonly countedFirst?: boolean;
}

/** What a text says of a time; `undefined` where any of it is not understood, or contradicts the rest. */
export function understand(text: string, reader: Reader): Understood | undefined {
  const understood = [...readings(text, reader.language, reader.monthFirst)].flatMap(
    (pieces) => combine(pieces, reader) ?? [],
  );
  const countedFirst = reader.countedFirst === true && /^\d+\s*h$/.test(folded(text));
  return (countedFirst ? understood.find((each) => each.counted) : undefined) ?? understood[0];
}

function combine(pieces: readonly Piece[], reader: Reader): Understood | undefined {
  const times = pieces.filter((piece) => piece.is === 'time');
  const parts = pieces.filter((piece) => piece.is === 'part');
  if (times.length > 1 || parts.length > 1) return undefined;
  const saysTime = times.length + parts.length > 0;
  const time = timeOfDay(times[0], parts[0]?.part);
  if (saysTime && time === undefined) return undefined;
  const spans = pieces.filter((piece) => piece.is === 'span');
  const days = pieces.filter((piece) => ['day', 'weekday', 'date', 'nextWeek'].includes(piece.is));
  if (spans.length > 0) return days.length > 0 ? undefined : afterSpans(spans, time, reader);
  if (pieces.some(({ is }) => is === 'in')) return undefined;
  if (days.length > 0) return onDay(pieces, time, reader);
  if (time === undefined || (times[0]?.bare === true && pieces.length === 1)) return undefined;
  return atNext(time, reader);
}

const clockMs: Readonly<Partial<Record<Unit, number>>> = { second: 1_000, minute: 60_000, hour: 3_600_000 };
const calendarDays: Readonly<Partial<Record<Unit, number>>> = { day: 1, week: 7 };
const calendarMonths: Readonly<Partial<Record<Unit, number>>> = { month: 1, year: 12 };

/** A `Date` ends 100,000,000 days from 1970. */
const daysMax = 99_000_000;

/** Hours are as long as hours are; days, weeks and months later the clock on the wall shows the same, or the `time` that is named. */
function afterSpans(
  spans: readonly Extract<Piece, { readonly is: 'span' }>[],
  time: TimeOfDay | undefined,
  { nowMs, timeZone }: Reader,
): Understood | undefined {
  const sum = (sizes: Readonly<Partial<Record<Unit, number>>>): number =>
    spans.reduce((total, { count, unit }) => total + count * (sizes[unit] ?? 0), 0);
  const [ms, days, months] = [sum(clockMs), sum(calendarDays), sum(calendarMonths)];
  if ((time !== undefined && ms > 0) || days + months * 31 > daysMax) return undefined;
  if (days + months === 0) return { dueMs: nowMs + ms, counted: true };
  const now = wallTimeAt(nowMs, timeZone);
  const later = addDays(addMonths(now, months), days);
  return { dueMs: instantOf({ ...later, ...time }, timeZone) + ms, counted: time === undefined };
}

function onDay(
  pieces: readonly Piece[],
  time: TimeOfDay | undefined,
  reader: Reader,
): Understood | undefined {
  const now = wallTimeAt(reader.nowMs, reader.timeZone);
  const dueMs = (date: WallTime): number => instantOf({ ...date, ...(time ?? morning) }, reader.timeZone);
  const date = dateOf(pieces, now, (today) => dueMs(today) > reader.nowMs);
  return date && { dueMs: dueMs(date), counted: false };
}

/** Today, or tomorrow where that is over. */
function atNext(time: TimeOfDay, { nowMs, timeZone }: Reader): Understood {
  const today = { ...wallTimeAt(nowMs, timeZone), ...time };
  const dueMs = instantOf(today, timeZone);
  return { dueMs: dueMs > nowMs ? dueMs : instantOf(addDays(today, 1), timeZone), counted: false };
}
