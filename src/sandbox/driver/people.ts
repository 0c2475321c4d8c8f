import type { WorldGuild } from '../world/guild.ts';
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
