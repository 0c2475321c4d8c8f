import type { FactKind } from './fact.ts';

/** An interaction and how it ended; its key is the interaction's id. */
export interface CommandUsage {
  /** When Discord made the interaction, in ms since 1970. */
  readonly usedAtMs: number;
  readonly guildId: string | null;
  readonly command: string;
  readonly outcome: string;
  readonly shardId: number;
}

/** One row each in `command_usage`, whose primary key tells a replay. Nobody waits for it: fewer and larger batches. */
export const commandUsage: FactKind<CommandUsage> = {
  name: 'command_usage',
  lingerMs: 1_000,
  async write(sql, facts) {
    const rows = facts.map(({ key, body }) => ({
      used_at: new Date(body.usedAtMs).toISOString(),
      interaction_id: key,
      guild_id: body.guildId,
      command: body.command,
      outcome: body.outcome,
      shard_id: body.shardId,
    }));
    const written = await sql`
      insert into command_usage (used_at, interaction_id, guild_id, command, outcome, shard_id)
      select used_at, interaction_id, guild_id, command, outcome, shard_id
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as fact (
        used_at timestamptz, interaction_id bigint, guild_id bigint, command text, outcome text, shard_id integer)
      on conflict do nothing`;
    return written.count;
  },
};
