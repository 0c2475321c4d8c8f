import type { Sql } from '../db/db.ts';

export interface DeadJob {
  readonly id: string;
  readonly kind: string;
  readonly key: string | null;
  readonly attempts: number;
  /** Of its last attempt, in one line. */
  readonly reason: string;
  readonly diedAt: Date;
}

/** The newest ones first, without their payloads. */
export function deadJobs(sql: Sql, limit: number): PromiseLike<readonly DeadJob[]> {
  return sql<DeadJob[]>`
    select id, kind, key, attempts, reason, ended_at as "diedAt" from jobs
    where state = 'dead' order by ended_at desc limit ${limit}`;
}

/** Makes dead jobs wait again with all their attempts: one of them, all of a kind, or all. Returns how many. */
export async function replayDead(
  sql: Sql,
  which: { readonly id?: string; readonly kind?: string },
): Promise<number> {
  const rows = await sql`
    update jobs set state = 'waiting', attempts = 0, run_at = now(), ended_at = null
    where state = 'dead'
      and id = coalesce(${which.id ?? null}::bigint, id) and kind = coalesce(${which.kind ?? null}, kind)
    returning id`;
  return rows.length;
}

/** Forgets the keys of jobs that ended long ago, and old dead jobs. Returns how many of each. */
export async function pruneJobs(
  sql: Sql,
  kept: { readonly keyDays: number; readonly deadDays: number },
): Promise<{ readonly keys: number; readonly dead: number }> {
  const rows = await sql<{ state: 'done' | 'dead' }[]>`
    delete from jobs
    where state = 'done' and ended_at < now() - ${kept.keyDays} * interval '1 day'
      or state = 'dead' and ended_at < now() - ${kept.deadDays} * interval '1 day'
    returning state`;
  const dead = rows.filter(({ state }) => state === 'dead').length;
  return { keys: rows.length - dead, dead };
}

export interface KindCounts {
  readonly kind: string;
  /** Due, and with nobody. */
  readonly waiting: number;
  /** Since the oldest of these was due. */
  readonly oldestSeconds: number;
  readonly dead: number;
}

/** By kind; one without a due or dead job is missing. Timers that are not due yet are not looked at, however many there are. */
export function countJobs(sql: Sql): PromiseLike<readonly KindCounts[]> {
  return sql<KindCounts[]>`
    select kind, sum(waiting)::integer as waiting, max(seconds)::float8 as "oldestSeconds", sum(dead)::integer as dead
    from (
      select kind, count(*) as waiting, extract(epoch from now() - min(run_at)) as seconds, 0 as dead
      from jobs where state in ('waiting', 'running') and run_at <= now() group by kind
      union all
      select kind, 0, 0, count(*) from jobs where state = 'dead' group by kind
    ) as counts
    group by kind`;
}
