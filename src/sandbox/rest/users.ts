import type { Handler } from 'hono';
import { z } from 'zod';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { ownGuildView } from '../world/guild-view.ts';
import type { World } from '../world/world.ts';

const id = z.string().regex(/^\d{1,20}$/);

/** resources/user.mdx, Get Current User Guilds */
export const ownGuildsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(200),
  before: id.optional(),
  after: id.optional(),
  with_counts: z.string().optional(),
});

export type OwnGuildsQuery = z.output<typeof ownGuildsQuery>;

/** `GET /users/@me/guilds` */
export function getCurrentUserGuilds(world: World): Handler {
  return (c) => {
    const { limit, before, after, with_counts } = readForm(ownGuildsQuery, c.req.query());
    const ids = before === undefined ? world.guildIds(limit, after) : world.guildIdsBefore(limit, before);
    const guilds = ids.flatMap((guildId) => world.guild(guildId) ?? []);
    return c.json(guilds.map((guild) => ownGuildView(guild, guild.bot, with_counts === 'true')));
  };
}

/** `GET /users/{id}` */
export function getUser(world: World): Handler {
  return (c) => {
    const user = world.user(c.req.param('user') ?? '');
    if (!user) throw discordErrors.unknownUser();
    return c.json({ ...user, banner: null, accent_color: null });
  };
}
