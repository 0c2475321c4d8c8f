import type { Sql } from '../db/db.ts';

/** A job that was handed to one process, which has it until its lease ends. */
export interface LeasedJob {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  /** This one included; what ended with its process counts too. */
  readonly attempts: number;
  readonly keyed: boolean;
  /** Of what enqueued it (W3C Trace Context), and when it did. */
  readonly traceparent: string | null;
  readonly enqueuedAt: Date;
  /** Proves who has it. */
  readonly lease: string;
}

export interface FreeSlots {
  readonly kind: string;
  readonly free: number;
}

/**
 * Hands out what is due, oldest first, at most `free` of each kind, and with it jobs whose lease has ended. Processes that ask at the
 * same time get different jobs and do not wait for each other (SKIP LOCKED). `holder`, the asking process's identity, is
 * kept with the number of its lease, as `identity/lease`.
 */
export async function leaseDue(
  sql: Sql,
  slots: readonly FreeSlots[],
  leaseMs: number,
  holder: string,
): Promise<LeasedJob[]> {
  // Materialized: a plan that looks twice would lock, and hand out, more than was asked for.
  return sql<LeasedJob[]>`
    with due as materialized (
      select job.id
      from jsonb_to_recordset(${JSON.stringify(slots)}::text::jsonb) as slot (kind text, free integer)
      cross join lateral (
        select id from jobs
        where kind = slot.kind and state in ('waiting', 'running') and run_at <= now()
        order by run_at limit slot.free
        for update skip locked
      ) as job
    )
    update jobs set
      state = 'running', lease = lease + 1, attempts = attempts + 1,
      holder = concat(${holder}::text, '/', lease + 1), run_at = now() + ${leaseMs} * interval '1 millisecond'
    from due where jobs.id = due.id
    returning jobs.id, kind, payload, attempts, key is not null as keyed, lease, traceparent,
      created_at as "enqueuedAt"`;
}

/** Returns the ids of those that are still the caller's; the others were lost. */
export async function renewLeases(
  sql: Sql,
  jobs: readonly LeasedJob[],
  leaseMs: number,
): Promise<ReadonlySet<string>> {
  const held = JSON.stringify(jobs.map(({ id, lease }) => ({ id, lease })));
  const rows = await sql<{ id: string }[]>`
    update jobs set run_at = now() + ${leaseMs} * interval '1 millisecond'
    from jsonb_to_recordset(${held}::text::jsonb) as held (id bigint, lease bigint)
    where jobs.id = held.id and jobs.lease = held.lease and state = 'running'
    returning jobs.id`;
  return new Set(rows.map(({ id }) => id));
}

/** Done for good; false when somebody else has the job by now. In a transaction with the job's effect that effect happens once. */
export async function completeJob(sql: Sql, { id, lease, keyed }: LeasedJob): Promise<boolean> {
  const rows = keyed
    ? await sql`
        update jobs set state = 'done', ended_at = now(), payload = 'null'
        where id = ${id} and lease = ${lease} and state = 'running' returning id`
    : await sql`delete from jobs where id = ${id} and lease = ${lease} and state = 'running' returning id`;
  return rows.length === 1;
}

/** To be tried again after `delayMs`. The result is as that of `completeJob`. */
export async function retryJob(
  sql: Sql,
  { id, lease }: LeasedJob,
  delayMs: number,
  reason: string,
): Promise<boolean> {
  const rows = await sql`
    update jobs set state = 'waiting', run_at = now() + ${delayMs} * interval '1 millisecond', reason = ${reason}
    where id = ${id} and lease = ${lease} and state = 'running' returning id`;
  return rows.length === 1;
}

export async function buryJob(sql: Sql, { id, lease }: LeasedJob, reason: string): Promise<boolean> {
  const rows = await sql`
    update jobs set state = 'dead', ended_at = now(), reason = ${reason}
    where id = ${id} and lease = ${lease} and state = 'running' returning id`;
  return rows.length === 1;
}

/** Gives a job back that was not at fault: another process may start it at once, and the attempt does not count. */
export async function returnJob(sql: Sql, { id, lease }: LeasedJob): Promise<boolean> {
  const rows = await sql`
    update jobs set state = 'waiting', run_at = now(), attempts = attempts - 1
    where id = ${id} and lease = ${lease} and state = 'running' returning id`;
  return rows.length === 1;
}
