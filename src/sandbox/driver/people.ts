import type { AnyChannel } from '../world/channel.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { Place, World } from '../world/world.ts';
import { Refusal } from './refusal.ts';

/** Throws `Refusal` for a guild that is not there. */
export function guildOf(world: World, id: string): WorldGuild {
  const guild = world.guild(id);
  if (!guild) throw new Refusal(`there is no guild ${id}`, 404);
  return guild;
}

/** A channel or a thread of the guild; throws `Refusal` for one that is not there. */
export function channelOf(guild: WorldGuild, id: string): AnyChannel {
  const channel = guild.channel(id);
  if (!channel) throw new Refusal(`there is no channel ${id} in guild ${guild.id}`, 404);
  return channel;
}

/** Throws `Refusal` for a channel that is not there. */
export function placeOf(world: World, channelId: string): Place {
  const place = world.place(channelId);
  if (!place) throw new Refusal(`there is no channel ${channelId}`, 404);
  return place;
}
