import { deepFreeze } from './deep-freeze.ts';
import type { Entry, Found } from './entry.ts';
import { freshMs, retryMs, revalidateMs, type Lifetimes } from './lifetimes.ts';

/** What L1 keeps, frozen. Times are `performance.now()`. */
export interface Kept<T> extends Found<T> {
  /** Of the entry as it is written to Redis. */
  readonly bytes: number;
  readonly freshUntil: number;
}

/** `leftMs` of freshness, by Redis where it came from there. */
export function keep<T>(
  { value, version }: Entry<T>,
  bytes: number,
  lifetimes: Lifetimes,
  leftMs = freshMs(lifetimes, version),
): Kept<T> {
  const freshUntil = performance.now() + Math.min(leftMs, lifetimes.nearMs);
  return Object.freeze({ value: deepFreeze(value), version, stale: leftMs <= 0, bytes, freshUntil });
}

/** To be served as it is, marked, until the loader is tried again. */
export function held<T>(kept: Kept<T>): Kept<T> {
  return Object.freeze({ ...kept, stale: true, freshUntil: performance.now() + retryMs });
}

/** Fresh, or so little past it that nobody need wait for the load. */
export function isServable({ freshUntil }: Kept<unknown>): boolean {
  return performance.now() < freshUntil + revalidateMs;
}
