import type { Db, Sql } from '../db/db.ts';
import type { GuildSettings } from './guild-settings.ts';
import { guildRules } from './rules.ts';

interface Row {
  readonly locale: string | null;
  readonly time_zone: string;
  /** bigint: postgres.js hands it over as text. */
  readonly log_channel_id: string | null;
  readonly accent_color: number | null;
  readonly rules: unknown;
  readonly version: string;
}

/** What stands in `locale` where none is chosen: the release before takes it for the default, and writes nothing else when it resets. */
const unchosen = 'en-US';

function fields(sql: Sql) {
  return sql`case when locale_chosen or locale <> ${unchosen} then locale end as locale,
    time_zone, log_channel_id, accent_color, rules, version`;
}

/** The guild's row, or undefined where PostgreSQL says that there is none. Rejects with a `DbError`. */
export async function readRow(db: Db, guildId: string): Promise<GuildSettings | undefined> {
  const [row] = await db.query(
    'settings.get',
    (sql) => sql<Row[]>`
      select ${fields(sql)}
      from guild_settings where guild_id = ${guildId}`,
  );
  return row && fromRow(guildId, row);
}

/** The rows of those guilds that have one, by guild. Rejects with a `DbError`. */
export async function readRows(
  db: Db,
  guildIds: readonly string[],
): Promise<ReadonlyMap<string, GuildSettings>> {
  const rows = await db.query(
    'settings.get_many',
    (sql) => sql<(Row & { readonly guild_id: string })[]>`
      select guild_id, ${fields(sql)}
      from guild_settings where guild_id in ${sql(guildIds)}`,
  );
  return new Map(rows.map((row) => [row.guild_id, fromRow(row.guild_id, row)]));
}

/** Writes `next` if the row still has the version it was made from (0: no row). Undefined when someone else was faster. */
export async function compareAndSet(
  db: Db,
  next: GuildSettings,
  by: string,
): Promise<GuildSettings | undefined> {
  const write = next.version === 0 ? insert : update;
  const [row] = await db.query('settings.set', (sql) => write(sql, next, by));
  return row && fromRow(next.guildId, row);
}

function insert(sql: Sql, next: GuildSettings, by: string) {
  return sql<Row[]>`
    insert into guild_settings (guild_id, locale, locale_chosen, time_zone, log_channel_id, accent_color, rules, version, updated_by)
    values (${next.guildId}, ${next.locale ?? unchosen}, ${next.locale !== null}, ${next.timeZone}, ${next.logChannelId},
            ${next.accentColor}, ${JSON.stringify(next.rules)}::text::jsonb, 1, ${by})
    on conflict (guild_id) do nothing
    returning ${fields(sql)}`;
}

function update(sql: Sql, next: GuildSettings, by: string) {
  return sql<Row[]>`
    update guild_settings
    set locale = ${next.locale ?? unchosen}, locale_chosen = ${next.locale !== null}, time_zone = ${next.timeZone}, log_channel_id = ${next.logChannelId},
        accent_color = ${next.accentColor}, rules = ${JSON.stringify(next.rules)}::text::jsonb,
        version = version + 1, updated_at = now(), updated_by = ${by}
    where guild_id = ${next.guildId} and version = ${next.version}
    returning ${fields(sql)}`;
}

/** Throws a `ZodError` for rules that nobody here has written: what is stored is not replaced by what it is not. */
function fromRow(guildId: string, row: Row): GuildSettings {
  return {
    guildId,
    locale: row.locale,
    timeZone: row.time_zone,
    logChannelId: row.log_channel_id,
    accentColor: row.accent_color,
    rules: guildRules.parse(row.rules),
    version: Number(row.version),
  };
}
