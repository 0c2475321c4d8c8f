import { COUNTED_MESSAGES_KEPT_DAYS } from '../../../config/retention.ts';
import { firstSnowflakeAt } from '../../lib/snowflake.ts';
import type { FactKind } from '../../queue/fact.ts';

const dayMs = 86_400_000;

/** By guild, the ids of messages in it; or, as releases before wrote it, the guild of the one message whose id is the key. */
export type CountedMessages =
  | { readonly messages: Readonly<Record<string, readonly string[]>> }
  | { readonly guildId: string };

/**
 * Messages in guilds, those that came within a moment. A guild's messages of a batch are one change of one row, so they are gathered for
 * longer than other facts.
 */
export const messageCounts: FactKind<CountedMessages> = {
  name: 'message_counts',
  lingerMs: 2_000,
  async write(sql, facts) {
    const oldest = firstSnowflakeAt((Math.floor(Date.now() / dayMs) - COUNTED_MESSAGES_KEPT_DAYS) * dayMs);
    const said = facts.flatMap(({ key, body }, fact) => {
      const messages = 'guildId' in body ? { [body.guildId]: [key] } : body.messages;
      return Object.entries(messages).map(([guild_id, ids]) => ({ fact, guild_id, ids }));
    });
    // Ordered: two processes that write the same guilds do not wait for each other in a circle. reference, "Snowflakes": the upper bits are ms.
    const [written] = await sql<{ fresh: number }[]>`
      with message as (
        select distinct on (message_id) message_id, guild_id, fact,
          (timestamp 'epoch' + ((message_id >> 22) + 1420070400000) * interval '1 millisecond')::date as day
        from json_to_recordset(${JSON.stringify(said)}::text::json) as said (fact integer, guild_id bigint, ids bigint[]),
          unnest(ids) as message_id
        where message_id >= ${oldest}::bigint
        order by message_id, fact
      ), fresh as (
        insert into counted_messages (message_id) select message_id from message order by message_id
        on conflict do nothing
        returning message_id
      ), counted as (
        insert into guild_activity (guild_id, day, messages)
        select guild_id, day, count(*) from message join fresh using (message_id)
        group by guild_id, day order by guild_id, day
        on conflict (guild_id, day) do update set messages = guild_activity.messages + excluded.messages
      )
      select count(distinct fact)::integer as fresh from message join fresh using (message_id)`;
    return written?.fresh ?? 0;
  },
};
