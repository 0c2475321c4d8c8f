import type { Db, Sql } from '../../db/db.ts';
import { enqueue } from '../../queue/jobs.ts';
import { withdraw } from '../../queue/withdraw.ts';
import type { PostingPermission } from '../sending.ts';
import { fireKind } from './fire-kind.ts';
import { openMax } from './rules/limits.ts';
import type { Repeat } from './rules/repeat.ts';

/** Why it goes to its member and not to its channel; a permission: the bot lacks it there. */
export type Instead = 'channelGone' | 'refused' | 'switchedOff' | PostingPermission;

/** Why a reminder was given up; `buried`: its job was. */
export type Reason = Instead | 'directClosed' | 'unanswered' | 'buried';

export interface NewReminder {
  readonly userId: string;
  readonly guildId: string | undefined;
  /** `undefined`: a direct message. */
  readonly channelId: string | undefined;
  readonly about: string;
  /** How to speak when it is due. */
  readonly locale: string;
  readonly timeZone: string;
  readonly repeat: Repeat | undefined;
  readonly dueAt: Date;
}

export interface Reminder {
  readonly id: string;
  readonly userId: string;
  readonly guildId: string | null;
  readonly channelId: string | null;
  readonly about: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly repeat: Repeat | null;
  readonly firstAt: Date;
  readonly dueAt: Date;
  readonly state: 'open' | 'firing' | 'fired' | 'failed';
  readonly reason: Reason | null;
}

function columns(sql: Sql) {
  return sql`id, user_id as "userId", guild_id as "guildId", channel_id as "channelId", about, locale, time_zone as "timeZone", repeat,
    first_at as "firstAt", due_at as "dueAt", state, reason`;
}

/** Adds it with the job that sends it. Returns its id, or `undefined` where the member has too many; commands at the same moment may get past that by one or two. */
export function addReminder(db: Db, added: NewReminder): Promise<string | undefined> {
  const { userId, guildId, channelId, about, locale, timeZone, repeat, dueAt } = added;
  return db.transaction(
    'remind.add',
    async (tx) => {
      const [row] = await tx<{ id: string }[]>`
        insert into reminders (user_id, guild_id, channel_id, about, locale, time_zone, repeat, first_at, due_at)
        select ${userId}::bigint, ${guildId ?? null}::bigint, ${channelId ?? null}::bigint, ${about}, ${locale}, ${timeZone},
          ${repeat ?? null}, ${dueAt}::timestamptz, ${dueAt}::timestamptz
        where (select count(*) from reminders where user_id = ${userId} and state in ('open', 'firing')) < ${openMax}
        returning id`;
      if (row !== undefined) await scheduleFire(tx, userId, row.id, dueAt);
      return row?.id;
    },
    { wrote: keyOf(userId) },
  );
}

export class AddedAlready extends Error {
  override readonly name = 'AddedAlready';
}

/**
 * A further reminder of what one of the member's own was about; false where that one is gone. Throws `AddedAlready` for a `key`
 * that was used before.
 */
export function addAgain(
  db: Db,
  of: { readonly userId: string; readonly reminderId: string; readonly key: string; readonly dueAt: Date },
): Promise<boolean> {
  const { userId, reminderId, key, dueAt } = of;
  return db.transaction(
    'remind.again',
    async (tx) => {
      const [row] = await tx<{ id: string }[]>`
        insert into reminders (user_id, guild_id, channel_id, about, locale, time_zone, first_at, due_at)
        select user_id, guild_id, channel_id, about, locale, time_zone, ${dueAt}::timestamptz, ${dueAt}::timestamptz
        from reminders where id = ${reminderId} and user_id = ${userId}
        returning id`;
      if (row === undefined) return false;
      await scheduleFire(tx, userId, row.id, dueAt, { key });
      return true;
    },
    { wrote: keyOf(userId) },
  );
}

/**
 * Enqueues the job that sends the next message of a reminder, and notes it there: only that one may send it. `failures`: how many
 * times in a row it has reached nobody. Throws `AddedAlready` as `addAgain`.
 */
export async function scheduleFire(
  tx: Sql,
  userId: string,
  reminderId: string,
  dueAt: Date,
  { key, failures = 0 }: { readonly key?: string; readonly failures?: number } = {},
): Promise<void> {
  const options = { runAt: dueAt, ...(key !== undefined && { key }) };
  const payload = { userId, reminderId, ...(failures > 0 && { failures }) };
  const job = await enqueue(tx, fireKind, payload, options);
  if (job === undefined) throw new AddedAlready();
  await tx`update reminders set state = 'open', due_at = ${dueAt}, job_id = ${job} where id = ${reminderId}`;
}

/** What a member may cancel or should know of: the next one first, then what has failed. */
export function readReminders(db: Db, userId: string): Promise<readonly Reminder[]> {
  return db.read(
    'remind.list',
    (sql) => sql<Reminder[]>`
      select ${columns(sql)} from reminders where user_id = ${userId} and state <> 'fired'
      order by state = 'failed', due_at, id limit 100`,
    { sees: keyOf(userId) },
  );
}

/** `firing`: too late, it is being sent just now. `gone`: there is no such reminder of this member. */
export function cancelReminder(db: Db, userId: string, id: string): Promise<'cancelled' | 'firing' | 'gone'> {
  return db.transaction(
    'remind.cancel',
    async (tx) => {
      const [row] = await tx<{ jobId: string | null }[]>`
        select job_id as "jobId" from reminders
        where id = ${id} and user_id = ${userId} and state <> 'fired'`;
      if (row === undefined) return 'gone';
      // The job before the reminder, as the commit that ends both locks them: else each could wait for the other.
      const isStopped = row.jobId !== null && (await withdraw(tx, row.jobId));
      const deleted = await tx`
        delete from reminders
        where id = ${id} and user_id = ${userId} and (state in ('open', 'failed') or ${isStopped}::boolean)
        returning id`;
      return deleted.length > 0 ? 'cancelled' : 'firing';
    },
    { wrote: keyOf(userId) },
  );
}

/**
 * For the job that is to send it, also one that was given up and is replayed; while that runs it cannot be cancelled. `undefined`
 * where it was, or another job is to send it.
 */
export async function claimReminder(db: Db, id: string, jobId: string): Promise<Reminder | undefined> {
  const [row] = await db.query(
    'remind.claim',
    (sql) => sql<Reminder[]>`
      update reminders set state = 'firing', reason = null, ended_at = null
      where id = ${id} and job_id = ${jobId} and state <> 'fired'
      returning ${columns(sql)}`,
  );
  return row;
}

export async function endReminder(tx: Sql, id: string, reason?: Reason): Promise<void> {
  await tx`
    update reminders set state = ${reason === undefined ? 'fired' : 'failed'}, reason = ${reason ?? null}, ended_at = now()
    where id = ${id}`;
}

/**
 * Ends what has no job any more that could end it, and forgets what has ended: what was sent can be snoozed for a week, what was not
 * is listed for a month. Resolves with how many are forgotten.
 */
export async function pruneReminders(db: Db): Promise<number> {
  await db.query(
    'remind.end_buried',
    // One that repeats may get its next job meanwhile, which this does not see, and with it a time to come.
    (sql) => sql`
      update reminders set state = 'failed', reason = 'buried', ended_at = now()
      where state in ('open', 'firing') and due_at < now() and not exists (
        select from jobs where jobs.id = reminders.job_id and jobs.state in ('waiting', 'running'))`,
  );
  const { count } = await db.query(
    'remind.prune',
    (sql) => sql`
      delete from reminders
      where ended_at < now() - interval '7 days' and state = 'fired' or ended_at < now() - interval '30 days'`,
  );
  return count;
}

function keyOf(userId: string): string {
  return `reminders:${userId}`;
}
