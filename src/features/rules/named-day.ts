import type { Piece } from './pieces.ts';
import { addDays, isRealDate, weekdayOf, type CalendarDate, type WallTime } from './wall-clock.ts';

/**
 * The day that is named, with the time of `now`; `undefined` where that is none (30 February) or more than one. `isAhead` says
 * whether the time of day is still to come on a day.
 */
export function dateOf(
  pieces: readonly Piece[],
  now: WallTime,
  isAhead: (day: WallTime) => boolean,
): WallTime | undefined {
  const weekday = pieces.find((piece) => piece.is === 'weekday');
  const named = pieces.filter(({ is }) => is === 'day' || is === 'date' || is === 'nextWeek');
  const [day] = named;
  if (named.length > 1 || pieces.filter(({ is }) => is === 'weekday').length > 1) return undefined;
  if (day === undefined && weekday !== undefined) {
    const isToday = weekday.weekday === weekdayOf(now);
    const ahead = (weekday.weekday - weekdayOf(now) + 7) % 7;
    const skipsToday = isToday && (pieces.some(({ is }) => is === 'next') || !isAhead(now));
    return addDays(now, skipsToday ? 7 : ahead);
  }
  if (day?.is === 'nextWeek')
    return weekday === undefined ? addDays(now, 7) : inNextWeek(now, weekday.weekday);
  const date =
    day?.is === 'day' ? addDays(now, day.ahead) : day?.is === 'date' ? written(day, now) : undefined;
  const contradicts = date !== undefined && weekday !== undefined && weekdayOf(date) !== weekday.weekday;
  return contradicts ? undefined : date;
}

/** Weeks begin on Monday. */
function inNextWeek(now: WallTime, weekday: number): WallTime {
  const sinceMonday = (weekdayOf(now) + 6) % 7;
  return addDays(now, 7 - sinceMonday + ((weekday + 6) % 7));
}

/** Without a year it is the next such day from today on; 29 February may be eight years away (2096 to 2104). */
function written(date: Extract<Piece, { readonly is: 'date' }>, now: WallTime): WallTime | undefined {
  const years = date.year === undefined ? Array.from({ length: 9 }, (_, n) => now.year + n) : [date.year];
  return years
    .map((year) => ({ ...now, year, month: date.month, day: date.day }))
    .find((day) => isRealDate(day) && (date.year !== undefined || order(day) >= order(now)));
}

function order({ year, month, day }: CalendarDate): number {
  return (year * 100 + month) * 100 + day;
}
