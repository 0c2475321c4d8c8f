import type { Db } from '../../db/db.ts';

/** A guild's figures, by UTC day like `2026-02-28`; days without any are missing. */
export interface GuildFigures {
  readonly messages: readonly { readonly day: string; readonly messages: number }[];
  readonly uses: readonly { readonly day: string; readonly command: string; readonly uses: number }[];
}

/** Of the days from `since` (UTC, the day included). Rejects with a `DbError`. */
export function readGuildFigures(db: Db, guildId: string, since: string): Promise<GuildFigures> {
  return db.read('activity.figures', async (sql) => {
    const messages = await sql<{ day: string; messages: number }[]>`
      select day::text as day, messages::float8 as messages from guild_activity
      where guild_id = ${guildId} and day >= ${since}::text::date`;
    const uses = await sql<{ day: string; command: string; uses: number }[]>`
      select (used_at at time zone 'UTC')::date::text as day, command, count(*)::integer as uses from command_usage
      where guild_id = ${guildId} and used_at >= ${since}::text::date::timestamp at time zone 'UTC'
      group by 1, 2`;
    return { messages, uses };
  });
}
