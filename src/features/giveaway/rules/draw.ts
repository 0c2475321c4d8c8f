import { createHash } from 'node:crypto';

/** What is published before the draw: SHA-256 of the seed's characters, hexadecimal. */
export function commitmentOf(seed: string): string {
  return sha256(seed);
}

/** Whose is the lowest wins: SHA-256 of the seed, a colon and the member's id, hexadecimal. */
function scoreOf(seed: string, userId: string): string {
  return sha256(`${seed}:${userId}`);
}

export interface Ranked {
  readonly userId: string;
  readonly score: string;
}

export function scored(seed: string, candidates: readonly string[]): readonly Ranked[] {
  return candidates.map((userId) => ({ userId, score: scoreOf(seed, userId) }));
}

/**
 * The winners first. Everybody's place follows from the seed and their own id alone, so neither the order in which they entered nor who
 * else did moves the odds, and a commonplace tool can check it.
 */
export function ranked(all: readonly Ranked[]): readonly Ranked[] {
  return all.toSorted((a, b) => (a.score < b.score ? -1 : 1));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
