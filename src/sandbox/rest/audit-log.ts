import { AuditLogEvent, PermissionFlagsBits, type APIAuditLogEntry } from 'discord-api-types/v10';
import type { Handler } from 'hono';
import { z } from 'zod';
import { readForm } from '../forms/form.ts';
import { snowflake } from '../forms/values.ts';
import { compareIds } from '../snowflake.ts';
import { shownChannel } from '../world/guild-create.ts';
import type { WorldGuild } from '../world/guild.ts';
import { checkInGuild } from './allowed.ts';
import type { GuildParts } from './guild-parts.ts';
import { guildOf } from './place.ts';

const query = z.object({
  user_id: snowflake.optional(),
  target_id: snowflake.optional(),
  action_type: z.coerce.number().pipe(z.enum(AuditLogEvent)).optional(),
  before: snowflake.optional(),
  after: snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
type Query = z.output<typeof query>;

/** `GET /guilds/:guild/audit-logs` (resources/audit-log.mdx), and whom its entries speak of. */
export function auditLog({ world }: GuildParts): Handler {
  return (c) => {
    const guild = guildOf(c, world);
    checkInGuild(guild, PermissionFlagsBits.ViewAuditLog);
    const entries = pageOf(guild.auditLog, readForm(query, c.req.query()));
    const people = new Set(entries.flatMap(({ user_id, target_id }) => [user_id, target_id]));
    return c.json({
      audit_log_entries: entries,
      users: [...people].flatMap((id) => world.user(id ?? '') ?? []),
      threads: threadsIn(guild, entries),
      integrations: [],
      webhooks: [],
      guild_scheduled_events: [],
      application_commands: [],
      auto_moderation_rules: [],
    });
  };
}

/** The newest first, but the oldest first where they are asked for by `after`. */
function pageOf(log: readonly APIAuditLogEntry[], asked: Query): APIAuditLogEntry[] {
  const { user_id, target_id, action_type, before, after, limit } = asked;
  const fitting = log.filter(
    (entry) =>
      (user_id === undefined || entry.user_id === user_id) &&
      (target_id === undefined || entry.target_id === target_id) &&
      (action_type === undefined || entry.action_type === action_type) &&
      (before === undefined || compareIds(entry.id, before) < 0) &&
      (after === undefined || compareIds(entry.id, after) > 0),
  );
  return after === undefined ? fitting.slice(-limit).toReversed() : fitting.slice(0, limit);
}

function threadsIn(guild: WorldGuild, entries: readonly APIAuditLogEntry[]): object[] {
  const targets = new Set(entries.map(({ target_id }) => target_id));
  return guild.threads.filter(({ id }) => targets.has(id)).map((thread) => shownChannel(guild, thread));
}
