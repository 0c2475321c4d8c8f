import { createHash } from 'node:crypto';
import { pick, seededRandom } from '../world/random.ts';

/** Chance that depends on the seed and on what is asked for alone: the same question has the same answer. */
export function chanceOf(seed: number, ...question: readonly string[]): () => number {
  return seededRandom(seed, createHash('sha256').update(question.join('\0')).digest().readInt32BE());
}

/**
 * Whether a name stands for something that does not exist. Nearly every name has an answer here; those that begin with
 * `no-such` or have a letter three times in a row (`qqq`, `zzzz`) have none.
 */
export function isMissing(name: string): boolean {
  return /^no[-_ ]?such/i.test(name) || /(\p{L})\1\1/iu.test(name);
}

export function wholeBetween(random: () => number, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** A moment in the ten years before 2025, whole seconds. */
export function pastMoment(random: () => number): Date {
  const [from, seconds] = [1_420_070_400, 315_360_000];
  return new Date((from + Math.floor(random() * seconds)) * 1_000);
}

export function pickSome<T>(random: () => number, from: readonly [T, ...T[]], count: number): readonly T[] {
  return [...new Set(Array.from({ length: count }, () => pick(random, from)))];
}
