import { getState, setState } from './store.js';

/** @import { APIMessage } from 'discord-api-types/v10' */
/** @import { Unread } from './store.js' */

/** Marks the channel of a message that came while another was open. @param {string} guildId @param {Partial<APIMessage>} message */
export function markUnread(guildId, { id = '', channel_id = '', author, mentions = [] }) {
  const { channelId, userId, unread } = getState();
  if (channel_id === channelId || author?.id === userId) return;
  const before = unread.get(channel_id);
  const isToMe = mentions.some((user) => user.id === userId);
  if (before && !isToMe) return;
  /** @type {Unread} */
  const marked = { guildId, since: before?.since ?? id, mentions: (before?.mentions ?? 0) + Number(isToMe) };
  setState({ unread: new Map(unread).set(channel_id, marked) });
}

/** @param {string} channelId */
export function markRead(channelId) {
  const unread = new Map(getState().unread);
  if (unread.delete(channelId)) setState({ unread });
}
