import { ChannelType, MessageFlags, type APIThreadChannel } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import type { Deed } from '../world/audit-log.ts';
import type { WorldThread } from '../world/channel.ts';
import type { WorldChanges } from '../world/changes.ts';
import { shownChannel } from '../world/guild-create.ts';
import type { ThreadStart } from '../world/threads.ts';
import type { Place } from '../world/world.ts';
import type { ChannelMessages } from './channel-messages.ts';

type Parts = { readonly changes: WorldChanges; readonly messages: ChannelMessages };

/**
 * Begins a thread at a message, whose id it gets and which shows it from then on (topics/threads.mdx). Throws Discord's
 * error for a message that is not there, and for one that has a thread already.
 */
export function threadAtMessage(
  { changes, messages }: Parts,
  place: Place,
  messageId: string,
  start: ThreadStart,
  deed: Deed,
): WorldThread {
  const { guild, channel } = place;
  const { flags = 0 } = messages.get(channel.id, messageId).message;
  if (guild.thread(messageId)) throw discordErrors.threadExists();
  const isNews = channel.type === ChannelType.GuildAnnouncement;
  const type = isNews ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
  const thread = changes.threads.create(guild.id, type, start, deed, messageId);
  messages.mark(place, messageId, {
    flags: flags | MessageFlags.HasThread,
    thread: shownChannel(guild, thread) as APIThreadChannel,
  });
  return thread;
}
