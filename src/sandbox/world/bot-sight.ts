import { PermissionFlagsBits } from 'discord-api-types/v10';
import { isThread } from './channel.ts';
import { isAllowed, seesThread } from './permissions.ts';
import type { World } from './world.ts';

/** What is said and done in a channel, as opposed to what the guild has. */
const inChannels = /^(MESSAGE_|TYPING_START$|CHANNEL_PINS_UPDATE$)/;

/** Whether an event is for the bot to see: what happens in a channel that it does not see is not (topics/permissions.mdx). */
export function botSees(world: World, event: string, data: unknown): boolean {
  if (!inChannels.test(event)) return true;
  const place = world.place(channelIdOf(data));
  if (!place) return true;
  const { guild, channel } = place;
  return isThread(channel)
    ? seesThread(guild, guild.bot, channel)
    : isAllowed(PermissionFlagsBits.ViewChannel, guild, guild.bot, channel);
}

function channelIdOf(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('channel_id' in data)) return '';
  return String(data.channel_id);
}
