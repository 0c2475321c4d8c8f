import type { Context } from 'hono';
import { discordErrors } from '../forms/discord-error.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { Place, World } from '../world/world.ts';

/** The channel of the path, with its guild; throws Discord's error where there is none. */
export function placeOf(c: Context, world: World): Place {
  const place = world.place(c.req.param('channel') ?? '');
  if (!place) throw discordErrors.unknownChannel();
  return place;
}

/** The guild of the path; throws Discord's error where there is none. */
export function guildOf(c: Context, world: World): WorldGuild {
  const guild = world.guild(c.req.param('guild') ?? '');
  if (!guild) throw discordErrors.unknownGuild();
  return guild;
}
