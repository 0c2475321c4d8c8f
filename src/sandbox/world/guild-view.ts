import { guildFeatures, guildSettings } from './guild-create.ts';
import type { WorldGuild } from './guild.ts';
import type { WorldMember } from './member.ts';
import { permissionsIn } from './permissions.ts';

/** A guild as `GET /guilds/{id}` shows it. */
export function guildView(guild: WorldGuild, withCounts: boolean): object {
  const { hub_type: _, ...settings } = guildSettings(guild);
  return {
    ...settings,
    home_header: null,
    nsfw: false,
    roles: guild.roles,
    emojis: [],
    stickers: [],
    ...(withCounts && counts(guild)),
  };
}

/** A guild as `GET /users/@me/guilds` shows it to one of its members. */
export function ownGuildView(guild: WorldGuild, member: WorldMember, withCounts: boolean): object {
  const { id, name, ownerId } = guild;
  return {
    id,
    name,
    icon: null,
    banner: null,
    owner: member.user.id === ownerId,
    permissions: String(permissionsIn(guild, member)),
    features: guildFeatures(guild),
    ...(withCounts && counts(guild)),
  };
}

/** The bot is the only one who is online. */
function counts({ members }: WorldGuild): object {
  return { approximate_member_count: members.count, approximate_presence_count: 1 };
}
