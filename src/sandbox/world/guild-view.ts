import { guildSettings } from './guild-create.ts';
import type { WorldGuild } from './guild.ts';
import { memberPayload, type WorldMember } from './member.ts';

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
  const { id, name } = guild;
  return {
    id,
    name,
    icon: null,
    banner: null,
    owner: member.kind === 'owner',
    permissions: String(member.permissions),
    features: [],
    ...(withCounts && counts(guild)),
  };
}

export function memberView(member: WorldMember): object {
  return { ...memberPayload(member), user: member.user };
}

/** The bot is a member too, and the only one who is online. */
function counts({ members }: WorldGuild): object {
  return { approximate_member_count: members.length + 1, approximate_presence_count: 1 };
}
