import { read } from './api.js';
import { telling } from './notice.js';
import { refreshMessages } from './refresh.js';
import { getState, setState } from './store.js';

/** @import { APIMessage } from 'discord-api-types/v10' */
/** @import { CommandSight } from '../../../control/guild-commands.ts' */
/** @import { GuildSight } from '../../../control/guilds.ts' */

/**
 * @param {GuildSight} guild
 * @param {{ channelId?: string | undefined, userId?: string | undefined }} [wanted] else the first channel, as its ordinary member
 */
export async function openGuild(guild, { channelId, userId } = {}) {
  const channel = guild.channels.find(({ id }) => id === channelId) ?? guild.channels[0];
  const ordinary = guild.members.find(({ kind }) => kind === 'member');
  const member = guild.members.find(({ id }) => id === userId) ?? ordinary;
  setState({ guild, userId: member?.id ?? '', commands: [], served: null });
  await Promise.all([refreshCommands(), openChannel(channel?.id ?? '')]);
}

/** @param {string} channelId */
export async function openChannel(channelId) {
  setState({ channelId, messages: [], hasOlder: false, replyTo: null, drawer: null, notice: null });
  rememberPlace();
  await telling(refreshMessages);
}

/** @param {string} userId */
export async function becomeMember(userId) {
  setState({ userId, messages: [], commands: [], replyTo: null, notice: null });
  rememberPlace();
  await telling(() => Promise.all([refreshCommands(), refreshMessages()]));
}

export async function refreshCommands() {
  const { guild, userId } = getState();
  if (!guild) return;
  /** @type {CommandSight[]} */
  const commands = await read(`/guilds/${guild.id}/commands`, { user_id: userId });
  if (getState().guild === guild && getState().userId === userId) setState({ commands });
}

/** The page before the oldest message that is shown. */
export async function showOlder() {
  const { channelId, userId, messages } = getState();
  /** @type {APIMessage[]} */
  const page = await read(`/channels/${channelId}/messages`, { user_id: userId, before: messages[0]?.id });
  if (getState().channelId !== channelId) return;
  setState({
    messages: [...page.toReversed(), ...getState().messages],
    hasOlder: page.length > 0,
  });
}

function rememberPlace() {
  const { guild, channelId, userId } = getState();
  history.replaceState(null, '', `#${guild?.id}/${channelId}/${userId}`);
}
