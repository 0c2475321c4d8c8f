/** Open ones of one member: nobody needs more, and a list of them is still read. */
export const openMax = 25;

/** Of text; escaped it is at most twice as long, which leaves room in a message of 2,000. */
export const aboutMax = 500;

const farthestMs = 5 * 366 * 86_400_000;

/** Why a time will not do. */
export function objection(dueMs: number, nowMs: number): 'past' | 'tooFar' | undefined {
  if (dueMs <= nowMs) return 'past';
  return dueMs > nowMs + farthestMs ? 'tooFar' : undefined;
}
