import { ChannelType } from 'discord-api-types/v10';

const threads: ReadonlySet<ChannelType> = new Set([
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);

/** What a bot may lack where it is to post. */
export type PostingPermission = 'ViewChannel' | 'SendMessages' | 'SendMessagesInThreads';

export function isPostingPermission(name: string): name is PostingPermission {
  return name === 'ViewChannel' || name === 'SendMessages' || name === 'SendMessagesInThreads';
}

/** The permission to write in such a channel: threads have one of their own (topics/permissions, "Inherited Permissions"). */
export function sendingIn(type: ChannelType): Exclude<PostingPermission, 'ViewChannel'> {
  return threads.has(type) ? 'SendMessagesInThreads' : 'SendMessages';
}
