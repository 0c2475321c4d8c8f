import { compareIds, createdMsOf, snowflakeAt } from '../snowflake.ts';
import { seededRandom } from './random.ts';

/** What the seed made of a guild: which one it is, and when it was made, in ms after Discord's epoch. */
export type Origin = { readonly seed: number; readonly index: number; readonly createdMs: number };

/**
 * What a guild is born with has ids of the hour after its own. Each kind has its part of that hour and its ids lie evenly
 * in it, so an id gives its place in the list, and nothing needs to be held.
 */
const parts = {
  role: { fromMs: 1_000, stepMs: 1_000 },
  channel: { fromMs: 100_000, stepMs: 1_000 },
  thread: { fromMs: 200_000, stepMs: 1_000 },
  tag: { fromMs: 1_150_000, stepMs: 100 },
  member: { fromMs: 1_200_000, stepMs: 40 },
} as const;

/** So many find room in their part of the hour. */
export const mostBorn = { threads: 900, members: 60_000 } as const;

type Kind = keyof typeof parts;

export function bornId({ seed, index, createdMs }: Origin, kind: Kind, nth: number): string {
  const ms = parts[kind].fromMs + nth * parts[kind].stepMs;
  return snowflakeAt(createdMs + ms, Math.floor(seededRandom(seed, index, ms)() * 2 ** 22));
}

/** Which one of its kind has this id; the kind may have fewer. `undefined` for an id that is none of the kind. */
export function bornIndex(origin: Origin, kind: Kind, id: string): number | undefined {
  const nth = placeOf(origin, kind, id);
  return Number.isInteger(nth) && nth >= 0 && bornId(origin, kind, nth) === id ? nth : undefined;
}

/** The first of its kind whose id is greater than `id`. */
export function bornAfter(origin: Origin, kind: Kind, id: string): number {
  const nth = Math.max(0, Math.floor(placeOf(origin, kind, id)));
  return compareIds(bornId(origin, kind, nth), id) > 0 ? nth : nth + 1;
}

function placeOf({ createdMs }: Origin, kind: Kind, id: string): number {
  return ((createdMsOf(id) ?? 0) - createdMs - parts[kind].fromMs) / parts[kind].stepMs;
}
