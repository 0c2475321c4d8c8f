import type { Sql } from '../../db/db.ts';
import { enqueue } from '../../queue/jobs.ts';
import type { Draw, Giveaway, Whole } from './giveaway-row.ts';
import { settleGiveaway } from './settle-kind.ts';

export type NewGiveaway = Omit<Giveaway, 'messageId' | 'state' | 'revision' | 'commitment'>;

export const columns = (sql: Sql) => sql`
  id, guild_id as "guildId", channel_id as "channelId", message_id as "messageId", host_id as "hostId", prize, winners,
  role_id as "roleId", locale, host_locale as "hostLocale", color, state, revision, encode(sha256(convert_to(seed, 'UTF8')), 'hex') as commitment, ends_at as "endsAt"`;

/** Adds the giveaway and the job that draws. Asked again by the same interaction it changes nothing, and returns what is there. */
export async function addGiveaway(tx: Sql, added: NewGiveaway, seed: string): Promise<Whole | undefined> {
  const rows = await tx`
    insert into giveaways (id, guild_id, channel_id, host_id, prize, winners, role_id, locale, host_locale, color, seed, ends_at)
    values (${added.id}, ${added.guildId}, ${added.channelId}, ${added.hostId}, ${added.prize}, ${added.winners},
      ${added.roleId}, ${added.locale}, ${added.hostLocale}, ${added.color}, ${seed}, ${added.endsAt})
    on conflict (id) do nothing returning id`;
  if (rows.length > 0) await enqueue(tx, settleGiveaway, { giveawayId: added.id }, { runAt: added.endsAt });
  return readWhole(tx, added.id);
}

export async function noteMessage(sql: Sql, giveawayId: string, messageId: string): Promise<void> {
  await sql`update giveaways set message_id = ${messageId} where id = ${giveawayId}`;
}

/** With its entrants and draws. */
export async function readWhole(sql: Sql, giveawayId: string): Promise<Whole | undefined> {
  const [giveaway] = await sql<Giveaway[]>`select ${columns(sql)} from giveaways where id = ${giveawayId}`;
  if (giveaway === undefined) return undefined;
  return { giveaway, entrants: await countEntrants(sql, giveawayId), draws: await drawsOf(sql, giveawayId) };
}

/** At most 25: the open ones that end first, or those that were drawn last. */
export function giveawaysIn(
  sql: Sql,
  guildId: string,
  state: Giveaway['state'],
): PromiseLike<readonly Giveaway[]> {
  return sql<Giveaway[]>`
    select ${columns(sql)} from giveaways where guild_id = ${guildId} and state = ${state}
    order by case when state = 'open' then ends_at end, ended_at desc limit 25`;
}

export async function countEntrants(sql: Sql, giveawayId: string): Promise<number> {
  const [row] = await sql<{ entrants: number }[]>`
    select count(*)::integer as entrants from giveaway_entries where giveaway_id = ${giveawayId} and entered`;
  return row?.entrants ?? 0;
}

/** The ids of all who entered, ascending. */
export async function entrantsOf(sql: Sql, giveawayId: string): Promise<readonly string[]> {
  const rows = await sql<{ userId: string }[]>`
    select user_id as "userId" from giveaway_entries where giveaway_id = ${giveawayId} and entered order by user_id`;
  return rows.map(({ userId }) => userId);
}

async function drawsOf(sql: Sql, giveawayId: string): Promise<readonly Draw[]> {
  return sql<Draw[]>`
    select number, seed, wanted, candidates, announced, coalesce((
      select jsonb_agg(user_id::text order by place) from giveaway_winners as won
      where won.giveaway_id = draw.giveaway_id and won.number = draw.number), '[]') as winners
    from giveaway_draws as draw where giveaway_id = ${giveawayId} order by number`;
}

/** Lets it end now instead of at its time. */
export async function endNow(tx: Sql, giveawayId: string): Promise<void> {
  await tx`update giveaways set ends_at = least(ends_at, now()) where id = ${giveawayId}`;
  await enqueue(tx, settleGiveaway, { giveawayId });
}

/** False where it is not open any more. */
export async function cancelOpen(tx: Sql, giveawayId: string): Promise<boolean> {
  const rows = await tx`
    update giveaways set state = 'cancelled', ended_at = now(), revision = revision + 1
    where id = ${giveawayId} and state = 'open' returning id`;
  if (rows.length > 0) await enqueue(tx, settleGiveaway, { giveawayId });
  return rows.length > 0;
}

export async function noteAnnounced(sql: Sql, giveawayId: string, number: number): Promise<void> {
  await sql`update giveaway_draws set announced = true where giveaway_id = ${giveawayId} and number = ${number}`;
}

export async function pruneGiveaways(sql: Sql, keptDays: number): Promise<number> {
  const { count } = await sql`
    delete from giveaways where ended_at < now() - ${keptDays} * interval '1 day'`;
  return count;
}
