import type { Locale } from 'discord-api-types/v10';
import { takesMessages } from '../world/channel.ts';
import type { WorldMember } from '../world/member.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { Place, World } from '../world/world.ts';
import { guildOf } from './people.ts';
import { Refusal } from './refusal.ts';

/** Who does something, and where. */
export type Scene = Place & {
  readonly member: WorldMember;
  /** Of their client, where it is not the guild's. */
  readonly locale?: Locale | undefined;
};

type Asked = {
  readonly guild_id: string;
  readonly channel_id?: string | undefined;
  readonly user_id?: string | undefined;
  readonly locale?: Locale | undefined;
};

/** Throws `Refusal` for what is not there. */
export function sceneOf(world: World, { guild_id, channel_id, user_id, locale }: Asked): Scene {
  const guild = guildOf(world, guild_id);
  const channel = channel_id === undefined ? guild.channels.find(takesMessages) : guild.channel(channel_id);
  if (!channel) throw new Refusal(`there is no channel ${channel_id} in guild ${guild.id}`);
  return { guild, channel, member: findMember(guild, user_id), locale };
}

/** Without an id: the guild's ordinary member. */
export function findMember(guild: WorldGuild, userId: string | undefined): WorldMember {
  const member =
    userId === undefined
      ? guild.members.leading().find(({ kind }) => kind === 'member')
      : guild.members.get(userId);
  if (!member) throw new Refusal(`there is no member ${userId} in guild ${guild.id}`);
  return member;
}
