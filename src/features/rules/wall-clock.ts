/** What a calendar and a clock on the wall show; `month` from 1. An `hour` of 24 is the midnight at the end of the day. */
export interface WallTime extends CalendarDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const dayMs = 86_400_000;

/** `ms` since 1970, as clocks in the zone show it. */
export function wallTimeAt(ms: number, timeZone: string): WallTime {
  const shown = new Date(ms + offsetAt(ms, timeZone));
  return {
    ...dateOf(shown),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
  };
}

/**
 * When clocks in the zone show this, in ms since 1970. Where they show it twice (the clock is put back) it is the first time;
 * where they never do (it is put forward) it is as much later as the clock jumps: 02:30 becomes 03:30.
 */
export function instantOf(wall: WallTime, timeZone: string): number {
  const shown = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  const [before, after] = [shown - dayMs, shown + dayMs].map((near) => shown - offsetAt(near, timeZone));
  const times = [before, after].filter((ms) => ms !== undefined);
  const real = times.filter((ms) => ms + offsetAt(ms, timeZone) === shown);
  return real.length > 0 ? Math.min(...real) : (before ?? shown);
}

/** How far the clocks of the zone are ahead of UTC at `ms`, in ms. */
function offsetAt(ms: number, timeZone: string): number {
  const whole = Math.floor(ms / 1_000) * 1_000;
  const shown = new Map(
    formatOf(timeZone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? 0;
  const utc = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return utc - whole;
}

/** One is expensive to make, and zones are a few hundred. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}

export function addDays<Date extends CalendarDate>(date: Date, days: number): Date {
  return { ...date, ...dateOf(utc({ ...date, day: date.day + days })) };
}

/** The same day of a later month, or the last one that it has: 31 January and a month is 28 February. */
export function addMonths<Date extends CalendarDate>(date: Date, months: number): Date {
  const first = utc({ ...date, month: date.month + months, day: 1 });
  const last = utc({ ...date, month: date.month + months + 1, day: 0 }).getUTCDate();
  return { ...date, ...dateOf(first), day: Math.min(date.day, last) };
}

/** 0: Sunday. */
export function weekdayOf(date: CalendarDate): number {
  return utc(date).getUTCDay();
}

export function isRealDate(date: CalendarDate): boolean {
  const { year, month, day } = dateOf(utc(date));
  return year === date.year && month === date.month && day === date.day;
}

function utc({ year, month, day }: CalendarDate): Date {
  return new Date(Date.UTC(year, month - 1, day));
}

function dateOf(date: Date): CalendarDate {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
