import { ChannelType } from 'discord-api-types/v10';

const threads: ReadonlySet<ChannelType> = new Set([
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);

/** The permission to write in such a channel: threads have one of their own (topics/permissions, "Inherited Permissions"). */
export function sendingIn(type: ChannelType): 'SendMessages' | 'SendMessagesInThreads' {
  return threads.has(type) ? 'SendMessagesInThreads' : 'SendMessages';
}
