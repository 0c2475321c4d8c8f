import type { Part, TimePiece } from './pieces.ts';

/** Hours to 24, the midnight at the end of the day. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Where a day is named and no time. */
export const morning: TimeOfDay = { hour: 9, minute: 0, second: 0 };

const usualHour: Readonly<Record<Part, number>> = {
  morning: 9,
  noon: 12,
  afternoon: 15,
  evening: 19,
  night: 21,
  midnight: 24,
};

/** "8" and "evening" are 20:00, "evening" alone is 19:00; `undefined` for a time that no clock shows, like 25:00 or 13 pm. */
export function timeOfDay(time: TimePiece | undefined, part: Part | undefined): TimeOfDay | undefined {
  if (time === undefined) return part && { ...morning, hour: usualHour[part] };
  const { minute, second = 0, half } = time;
  if (half !== undefined && (time.hour < 1 || time.hour > 12)) return undefined;
  const hour = half === undefined ? withPart(time.hour, part) : (time.hour % 12) + (half === 'pm' ? 12 : 0);
  const whole = hour === 24 && minute === 0 && second === 0;
  return (hour < 24 || whole) && minute < 60 && second < 60 ? { hour, minute, second } : undefined;
}

function withPart(hour: number, part: Part | undefined): number {
  if (part === 'morning') return hour === 12 ? 0 : hour;
  if (part === 'midnight' || (part === 'night' && hour === 12)) return 24;
  const isLater =
    part === 'afternoon' ||
    part === 'evening' ||
    (part === 'night' && hour > 5) ||
    (part === 'noon' && hour < 6);
  return isLater && hour < 12 ? hour + 12 : hour;
}
