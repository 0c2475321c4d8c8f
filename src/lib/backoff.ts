/**
 * How long to wait before try number `attempt` (from 1): doubling from `firstMs` to `maxMs`, of which a random half is taken
 * off ("equal jitter"), so that many processes that failed together do not come back together.
 */
export function backoffMs(
  attempt: number,
  firstMs: number,
  maxMs: number,
  random: () => number = Math.random,
): number {
  const full = Math.min(firstMs * 2 ** (attempt - 1), maxMs);
  return full / 2 + (full / 2) * random();
}
