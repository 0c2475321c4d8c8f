import { COUNTED_MESSAGES_KEPT_DAYS } from '../../../config/retention.ts';
import { snowflakeTimeMs } from '../../lib/snowflake.ts';
import type { FactKind } from '../../queue/fact.ts';

const dayMs = 86_400_000;

/**
 * A message in a guild; its key is the message's id. A guild's messages of a batch are one change of one row, so they are gathered for
 * longer than other facts.
 */
export const messageCounts: FactKind<{ readonly guildId: string }> = {
  name: 'message_counts',
  lingerMs: 2_000,
  async write(sql, facts) {
    const oldestMs = (Math.floor(Date.now() / dayMs) - COUNTED_MESSAGES_KEPT_DAYS) * dayMs;
    const rows = facts
      .map(({ key, body }) => ({ message_id: key, guild_id: body.guildId, atMs: snowflakeTimeMs(key) }))
      .filter(({ atMs }) => atMs >= oldestMs)
      .map(({ atMs, ...row }) => ({ ...row, day: new Date(atMs).toISOString().slice(0, 10) }));
    // Ordered: two processes that write the same guilds do not wait for each other in a circle.
    const [written] = await sql<{ fresh: number }[]>`
      with fact as (
        select distinct message_id, guild_id, day
        from json_to_recordset(${JSON.stringify(rows)}::text::json) as fact (message_id bigint, guild_id bigint, day date)
      ), fresh as (
        insert into counted_messages (message_id) select message_id from fact order by message_id
        on conflict do nothing
        returning message_id
      ), counted as (
        insert into guild_activity (guild_id, day, messages)
        select guild_id, day, count(*) from fact join fresh using (message_id)
        group by guild_id, day order by guild_id, day
        on conflict (guild_id, day) do update set messages = guild_activity.messages + excluded.messages
      )
      select count(*)::integer as fresh from fresh`;
    return written?.fresh ?? 0;
  },
};
