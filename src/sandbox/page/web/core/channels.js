import { read } from './api.js';
import { getState, setState } from './store.js';
import { throttle } from './throttle.js';

/** @import { ChannelSight } from '../../../control/guild-channels.ts' */

/** resources/channel.mdx, Channel Types: text, voice, announcements, stages. */
const withMessages = [0, 2, 5, 13];
/** Of announcements, public and private. */
const threads = [10, 11, 12];

/** @param {{ type: number }} channel */
export function takesMessages({ type }) {
  return withMessages.includes(type);
}

/** @param {{ type: number }} channel */
export function isThread({ type }) {
  return threads.includes(type);
}

/** The channel or thread that is open; none where it is not in the member's list, as a thread that is archived. @param {{ channels: readonly ChannelSight[], channelId: string }} state */
export function openedChannel({ channels, channelId }) {
  return channels.find(({ id }) => id === channelId);
}

/** What the member's client lists in the open guild. */
export async function refreshChannels() {
  const { guild, userId } = getState();
  if (!guild) return;
  /** @type {ChannelSight[]} */
  const channels = await read(`/guilds/${guild.id}/channels`, { user_id: userId });
  if (getState().guild === guild && getState().userId === userId) setState({ channels });
}

export const refreshChannelsSoon = throttle(120, () => refreshChannels().catch(() => undefined));
