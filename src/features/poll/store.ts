import type { Sql } from '../../db/db.ts';
import { enqueue } from '../../queue/jobs.ts';
import type { Poll, Tally } from './poll-row.ts';
import { settlePoll } from './settle-kind.ts';

export type NewPoll = Omit<Poll, 'messageId' | 'revision' | 'closedAt'>;

const columns = (sql: Sql) => sql`
  id, guild_id as "guildId", channel_id as "channelId", message_id as "messageId", created_by as "createdBy", question, answers,
  anonymous, multiple, locale, creator_locale as "creatorLocale", color, revision, closes_at as "closesAt", closed_at as "closedAt"`;

/** Adds the poll and the job that closes it. Asked again by the same interaction it changes nothing. */
export async function addPoll(tx: Sql, poll: NewPoll): Promise<void> {
  const rows = await tx`
    insert into polls (id, guild_id, channel_id, created_by, question, answers, anonymous, multiple, locale, creator_locale, color, closes_at)
    values (${poll.id}, ${poll.guildId}, ${poll.channelId}, ${poll.createdBy}, ${poll.question},
      ${JSON.stringify(poll.answers)}::text::jsonb, ${poll.anonymous}, ${poll.multiple}, ${poll.locale}, ${poll.creatorLocale},
      ${poll.color}, ${poll.closesAt})
    on conflict (id) do nothing returning id`;
  if (rows.length > 0) await enqueue(tx, settlePoll, { pollId: poll.id }, { runAt: poll.closesAt });
}

export async function noteMessage(sql: Sql, pollId: string, messageId: string): Promise<void> {
  await sql`update polls set message_id = ${messageId} where id = ${pollId}`;
}

export async function readPoll(sql: Sql, pollId: string): Promise<Poll | undefined> {
  const [poll] = await sql<Poll[]>`select ${columns(sql)} from polls where id = ${pollId}`;
  return poll;
}

/** Those that close first come first; at most 25, as many as Discord offers. */
export function openPolls(sql: Sql, guildId: string): PromiseLike<readonly Poll[]> {
  return sql<Poll[]>`
    select ${columns(sql)} from polls
    where guild_id = ${guildId} and closed_at is null and closes_at > now() order by closes_at limit 25`;
}

/** Locks an open poll for the rest of the transaction, as its next revision: votes are counted one after another. */
export async function lockOpen(tx: Sql, pollId: string, messageId: string): Promise<Poll | undefined> {
  const [poll] = await tx<Poll[]>`
    update polls set revision = revision + 1, message_id = ${messageId}
    where id = ${pollId} and closed_at is null and closes_at > now()
    returning ${columns(tx)}`;
  return poll;
}

export async function tallyOf(sql: Sql, { id, answers }: Pick<Poll, 'id' | 'answers'>): Promise<Tally> {
  const rows = await sql<{ choice: number; votes: number }[]>`
    select choice::integer, count(*)::integer as votes
    from poll_votes cross join jsonb_array_elements_text(choices) as choice
    where poll_id = ${id} group by choice`;
  const [total] = await sql<{ voters: number }[]>`
    select count(*)::integer as voters from poll_votes where poll_id = ${id} and choices <> '[]'`;
  const votes = new Map(rows.map((row) => [row.choice, row.votes]));
  return { counts: answers.map((_, position) => votes.get(position) ?? 0), voters: total?.voters ?? 0 };
}

/** Lets it close now instead of at its time. */
export async function closeNow(tx: Sql, pollId: string): Promise<void> {
  await tx`update polls set closes_at = least(closes_at, now()) where id = ${pollId}`;
  await enqueue(tx, settlePoll, { pollId });
}

export interface Closed {
  readonly poll: Poll;
  readonly tally: Tally;
}

/** Closes a poll whose time has come and keeps its result; one that is closed already is as it was. `undefined`: not yet, or gone. */
export async function closeDue(tx: Sql, pollId: string): Promise<Closed | undefined> {
  const [poll] = await tx<(Poll & { result: Tally | null; due: boolean })[]>`
    select ${columns(tx)}, result, closes_at <= now() as due from polls where id = ${pollId} for update`;
  if (poll === undefined || !poll.due) return undefined;
  if (poll.result !== null) return { poll, tally: poll.result };
  const tally = await tallyOf(tx, poll);
  const [closed] = await tx<Poll[]>`
    update polls set closed_at = now(), revision = revision + 1, result = ${JSON.stringify(tally)}::text::jsonb
    where id = ${pollId} returning ${columns(tx)}`;
  return { poll: closed ?? poll, tally };
}

export async function prunePolls(sql: Sql, keptDays: number): Promise<number> {
  const { count } = await sql`delete from polls where closed_at < now() - ${keptDays} * interval '1 day'`;
  return count;
}
