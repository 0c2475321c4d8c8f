import type { Handler } from 'hono';
import type { GuildParts } from './guild-parts.ts';
import { guildOf } from './place.ts';

/** `DELETE /users/@me/guilds/:guild` */
export function leaveGuild({ world, changes }: GuildParts): Handler {
  return (c) => {
    changes.guilds.leave(guildOf(c, world).id);
    return c.body(null, 204);
  };
}
