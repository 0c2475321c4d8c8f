import { PermissionFlagsBits, type APIUser } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { idSet, snowflake } from '../forms/values.ts';
import { compareIds, createdMsOf } from '../snowflake.ts';
import type { Deed } from '../world/audit-log.ts';
import type { WorldGuild } from '../world/guild.ts';
import { outranks } from '../world/permissions.ts';
import { checkAbove, checkInGuild } from './allowed.ts';
import { readBody } from './body.ts';
import { deedOf } from './deed.ts';
import type { GuildParts } from './guild-parts.ts';
import { optionalBody } from './optional-body.ts';
import { guildOf } from './place.ts';

const { BanMembers, ManageGuild } = PermissionFlagsBits;

/** Seven days at most (resources/guild.mdx, Create Guild Ban); the days are the deprecated way to say it. */
const seconds = z.int().min(0).max(604_800).nullish();
const banForm = z.object({
  delete_message_seconds: seconds,
  delete_message_days: z.int().min(0).max(7).nullish(),
});
const bulkForm = z.object({ user_ids: idSet(200), delete_message_seconds: seconds });
const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
  before: snowflake.optional(),
  after: snowflake.optional(),
});

/** Routes below `/guilds/:guild/bans`. */
export function bans(parts: GuildParts): Hono {
  const { world, account, changes } = parts;
  const routes = new Hono();
  const allowedGuild = (c: Context): WorldGuild => {
    const guild = guildOf(c, world);
    checkInGuild(guild, BanMembers);
    return guild;
  };

  routes.get('/', (c) => {
    const guild = allowedGuild(c);
    return c.json(pageOf(guild, readForm(pageQuery, c.req.query())));
  });
  routes.get('/:user', (c) => {
    const ban = allowedGuild(c).bans.get(c.req.param('user'));
    if (!ban) throw discordErrors.unknownBan();
    return c.json(ban);
  });
  routes.put('/:user', async (c) => {
    const guild = allowedGuild(c);
    const form = readForm(banForm, await optionalBody(c));
    const user = world.user(c.req.param('user'));
    if (!user) throw discordErrors.unknownUser();
    const member = guild.members.get(user.id);
    if (member) checkAbove(guild, member);
    const days = (form.delete_message_days ?? 0) * 86_400;
    ban(parts, guild, user, form.delete_message_seconds ?? days, deedOf(c, account.botUser.id));
    return c.body(null, 204);
  });
  routes.delete('/:user', (c) => {
    const guild = allowedGuild(c);
    changes.bans.remove(guild.id, c.req.param('user'), deedOf(c, account.botUser.id));
    return c.body(null, 204);
  });
  return routes;
}

/** `POST /guilds/:guild/bulk-ban`: those who cannot be banned are told; where that is all of them, it is an error. */
export function bulkBan(parts: GuildParts): (c: Context) => Promise<Response> {
  const { world, account } = parts;
  return async (c) => {
    const guild = guildOf(c, world);
    checkInGuild(guild, BanMembers | ManageGuild);
    const { user_ids, delete_message_seconds } = readForm(bulkForm, await readBody(c));
    const deed = deedOf(c, account.botUser.id);
    const users = user_ids.flatMap((id) => world.user(id) ?? []).filter(({ id }) => canBan(guild, id));
    for (const user of users) ban(parts, guild, user, delete_message_seconds ?? 0, deed);
    if (users.length === 0) throw discordErrors.noneBanned();
    const banned_users = users.map(({ id }) => id);
    const failed_users = user_ids.filter((id) => !banned_users.includes(id));
    return c.json({ banned_users, failed_users });
  };
}

function canBan(guild: WorldGuild, userId: string): boolean {
  const member = guild.members.get(userId);
  return !guild.bans.has(userId) && (!member || outranks(guild, guild.bot, member));
}

function ban(
  { changes, messages, ids }: GuildParts,
  guild: WorldGuild,
  user: APIUser,
  deleteSeconds: number,
  deed: Deed,
): void {
  changes.bans.add(guild.id, user, deed);
  if (deleteSeconds === 0) return;
  const sinceMs = (createdMsOf(ids.next()) ?? 0) - deleteSeconds * 1_000;
  for (const channel of [...guild.channels, ...guild.threads]) {
    const gone = messages
      .all(channel.id)
      .filter(({ author, id }) => author.id === user.id && (createdMsOf(id) ?? 0) >= sinceMs);
    messages.drop(
      { guild, channel },
      gone.map(({ id }) => id),
    );
  }
}

/** By user id, those before `before` or after `after`. */
function pageOf(guild: WorldGuild, { limit, before, after }: z.output<typeof pageQuery>): object[] {
  const all = [...guild.bans.values()].toSorted((one, other) => compareIds(one.user.id, other.user.id));
  if (before !== undefined) return all.filter(({ user }) => compareIds(user.id, before) < 0).slice(-limit);
  return all.filter(({ user }) => after === undefined || compareIds(user.id, after) > 0).slice(0, limit);
}
