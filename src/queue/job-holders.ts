import type { Sql } from '../db/db.ts';

/**
 * The processes that run jobs of these kinds. A lease ends at most `leaseMs` from now, which keeps this from looking at all timers.
 * A holder counts for the lease that it was written with: a release that writes none leases over what an ended process has left here.
 */
export async function jobHolders(
  sql: Sql,
  kinds: readonly string[],
  leaseMs: number,
): Promise<readonly string[]> {
  const rows = await sql<{ holder: string }[]>`
    select distinct left(holder, -1 - length(lease::text)) as holder from jobs
    where kind in ${sql(kinds)} and state = 'running' and holder like '%/' || lease
      and run_at between now() and now() + ${leaseMs} * interval '1 millisecond'`;
  return rows.map(({ holder }) => holder);
}

/** Ends the leases of processes that have ended: their jobs are due now. Returns how many. */
export async function endLeases(
  sql: Sql,
  kinds: readonly string[],
  leaseMs: number,
  gone: readonly string[],
): Promise<number> {
  const { count } = await sql`
    update jobs set run_at = now()
    where kind in ${sql(kinds)} and state = 'running'
      and holder like '%/' || lease and left(holder, -1 - length(lease::text)) in ${sql(gone)}
      and run_at between now() and now() + ${leaseMs} * interval '1 millisecond'`;
  return count;
}
