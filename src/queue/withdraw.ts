import type { Sql } from '../db/db.ts';

/** Takes a job back that nobody runs now, in the caller's transaction; false for one that runs and goes on, or is not there. */
export async function withdraw(tx: Sql, id: string): Promise<boolean> {
  const rows = await tx`delete from jobs where id = ${id} and state in ('waiting', 'dead') returning id`;
  return rows.length === 1;
}
