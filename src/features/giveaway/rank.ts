import { setImmediate as nextTurn } from 'node:timers/promises';
import { ranked, scored, type Ranked } from './rules/draw.ts';

/** Some 2 ms of hashing; then others get their turn. */
const atOnce = 1_000;

/** All candidates, the winners first; very many do not hold up the process. */
export async function ranking(seed: string, candidates: readonly string[]): Promise<readonly Ranked[]> {
  const all: Ranked[] = [];
  for (let from = 0; from < candidates.length; from += atOnce) {
    all.push(...scored(seed, candidates.slice(from, from + atOnce)));
    await nextTurn();
  }
  return ranked(all);
}
