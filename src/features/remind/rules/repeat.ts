import {
  addDays,
  addMonths,
  instantOf,
  wallTimeAt,
  weekdayOf,
  type WallTime,
} from '../../rules/wall-clock.ts';

export const repeats = ['daily', 'weekdays', 'weekly', 'fortnightly', 'monthly', 'yearly'] as const;
export type Repeat = (typeof repeats)[number];

/** The `n`th time after the first: by the calendar, so that the clock on the wall shows the same, and the 31st comes back after February. */
const step: Readonly<Record<Repeat, (first: WallTime, n: number) => WallTime>> = {
  daily: addDays,
  weekdays: addDays,
  weekly: (first, n) => addDays(first, 7 * n),
  fortnightly: (first, n) => addDays(first, 14 * n),
  monthly: addMonths,
  yearly: (first, n) => addMonths(first, 12 * n),
};

/** At least as long as any such step, so that what is counted by it never lies after what is looked for. */
const longestStepMs: Readonly<Record<Repeat, number>> = {
  daily: 25 * 3_600_000,
  weekdays: 25 * 3_600_000,
  weekly: 8 * 86_400_000,
  fortnightly: 15 * 86_400_000,
  monthly: 32 * 86_400_000,
  yearly: 367 * 86_400_000,
};

/** The next time after `afterMs` for what was first due at `firstMs`; both in ms since 1970. */
export function nextTime(repeat: Repeat, firstMs: number, afterMs: number, timeZone: string): number {
  const first = wallTimeAt(firstMs, timeZone);
  for (let n = Math.max(1, Math.floor((afterMs - firstMs) / longestStepMs[repeat])); ; n++) {
    const wall = step[repeat](first, n);
    // Clocks show whole seconds.
    const dueMs = instantOf(wall, timeZone) + (firstMs % 1_000);
    if (dueMs > afterMs && (repeat !== 'weekdays' || isWeekday(wall))) return dueMs;
  }
}

/** When something that repeats is due first: on a weekend, what happens on weekdays waits for Monday. */
export function firstTime(repeat: Repeat | undefined, dueMs: number, timeZone: string): number {
  if (repeat !== 'weekdays' || isWeekday(wallTimeAt(dueMs, timeZone))) return dueMs;
  return nextTime('weekdays', dueMs, dueMs, timeZone);
}

function isWeekday(wall: WallTime): boolean {
  return weekdayOf(wall) % 6 !== 0;
}
