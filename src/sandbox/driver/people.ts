import type { WorldGuild } from '../world/guild.ts';
import type { WorldMember } from '../world/member.ts';
import type { Place, World } from '../world/world.ts';
import { Refusal } from './refusal.ts';

/** Throws `Refusal` for a guild that is not there. */
export function guildOf(world: World, id: string): WorldGuild {
  const guild = world.guild(id);
  if (!guild) throw new Refusal(`there is no guild ${id}`, 404);
  return guild;
}

/** Throws `Refusal` for a channel that is not there. */
export function placeOf(world: World, channelId: string): Place {
  const place = world.place(channelId);
  if (!place) throw new Refusal(`there is no channel ${channelId}`, 404);
  return place;
}

/** By default the guild's ordinary member; throws `Refusal` for somebody who is not there. The bot is nobody's to play. */
export function memberOf(guild: WorldGuild, userId: string | undefined): WorldMember {
  const member = guild.members.find(({ user, kind }) =>
    userId === undefined ? kind === 'member' : user.id === userId,
  );
  if (!member) throw new Refusal(`there is no member ${userId} in guild ${guild.id}`, 404);
  return member;
}

/** Those whose name or display name contains `query`, whatever its case; the bot is the last of them all. */
export function searchPeople(guild: WorldGuild, query: string, limit: number): WorldMember[] {
  const wanted = query.toLowerCase();
  const matches = ({ user }: WorldMember) =>
    [user.username, user.global_name ?? ''].some((name) => name.toLowerCase().includes(wanted));
  return [...guild.members, guild.bot].filter(matches).slice(0, limit);
}
