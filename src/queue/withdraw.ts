import type { Sql } from '../db/db.ts';

/** Takes a job back that has not begun, in the caller's transaction; one that runs goes on, and finds what the caller changed. */
export async function withdraw(tx: Sql, id: string): Promise<void> {
  await tx`delete from jobs where id = ${id} and state = 'waiting'`;
}
