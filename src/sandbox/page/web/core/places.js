import { read } from './api.js';
import { openedChannel, refreshChannels, takesMessages } from './channels.js';
import { rememberMember } from './names.js';
import { telling } from './notice.js';
import { pageSize, refreshMessages } from './refresh.js';
import { getState, setState } from './store.js';
import { markRead } from './unread.js';

/** @import { APIMessage } from 'discord-api-types/v10' */
/** @import { CommandSight } from '../../../control/guild-commands.ts' */
/** @import { GuildSight } from '../../../control/guilds.ts' */
/** @import { MemberSight } from '../../../control/member-search.ts' */

/** What is left behind with a channel or a member. */
const leftBehind = {
  messages: [],
  replyTo: null,
  editing: null,
  threadAt: null,
  notice: null,
  readUpTo: null,
};

/** The server that was asked for last: answers for an earlier one come too late. */
let wantedGuild = '';

/**
 * @param {GuildSight} guild
 * @param {{ channelId?: string | undefined, userId?: string | undefined }} [wanted] else the first channel, as its ordinary member
 */
export async function openGuild(guild, { channelId, userId } = {}) {
  wantedGuild = guild.id;
  const ordinary = guild.members.find(({ kind }) => kind === 'member') ?? guild.members[0];
  const me =
    (userId && (await memberOf(guild, userId))) || (ordinary && (await memberOf(guild, ordinary.id)));
  if (wantedGuild !== guild.id) return;
  setState({
    ...leftBehind,
    guild,
    channels: [],
    channelId: '',
    userId: me?.id ?? '',
    me,
    commands: [],
    served: null,
  });
  await refreshChannels();
  if (getState().guild === guild) await openFirst(channelId);
}

/** @param {GuildSight} guild @param {string} userId @returns {Promise<MemberSight | undefined>} */
async function memberOf({ id }, userId) {
  /** @type {MemberSight[]} */
  const found = await read(`/guilds/${id}/members`, { query: userId, limit: 1 });
  const member = found.find((each) => each.id === userId && each.kind !== 'bot');
  if (member) rememberMember(member);
  return member;
}

/** The wanted channel where the member sees it, else the first that takes messages. @param {string | undefined} wanted */
async function openFirst(wanted) {
  const { channels } = getState();
  const channel = channels.find(({ id }) => id === wanted) ?? channels.find(takesMessages);
  await openChannel(channel?.id ?? '');
}

/** @param {string} channelId of a channel or a thread */
export async function openChannel(channelId) {
  const newFrom = getState().unread.get(channelId)?.since ?? null;
  setState({ ...leftBehind, channelId, newFrom, hasOlder: false, drawer: null, files: [] });
  markRead(channelId);
  rememberPlace();
  await telling(() => Promise.all([refreshCommands(), refreshMessages()]));
}

/** The open channel is gone, or hidden from the member. */
export async function leaveChannel() {
  await telling(refreshChannels);
  await openFirst(undefined);
}

/** @param {MemberSight} me */
export async function becomeMember(me) {
  rememberMember(me);
  setState({ ...leftBehind, userId: me.id, me, commands: [] });
  await telling(refreshChannels);
  await openFirst(getState().channelId);
}

/** In the open channel. */
export async function refreshCommands() {
  const { guild, userId, channelId } = getState();
  if (!guild || channelId === '') return;
  /** @type {CommandSight[]} */
  const commands = await read(`/guilds/${guild.id}/commands`, { user_id: userId, channel_id: channelId });
  const now = getState();
  if (now.guild === guild && now.userId === userId && now.channelId === channelId) setState({ commands });
}

/** The page before the oldest message that is shown. */
export async function showOlder() {
  const { channelId, userId, messages } = getState();
  /** @type {APIMessage[]} */
  const page = await read(`/channels/${channelId}/messages`, {
    user_id: userId,
    before: messages[0]?.id,
    limit: pageSize,
  });
  if (getState().channelId !== channelId || getState().userId !== userId) return;
  setState({
    messages: [...page.toReversed(), ...getState().messages],
    hasOlder: page.length === pageSize,
  });
}

/** What the page may have missed while the feed was away. */
export async function catchUp() {
  if (getState().channelId === '') return;
  await telling(() => Promise.all([refreshChannels(), refreshCommands(), refreshMessages()]));
}

/** Whether the visitor may write in the open channel; of a thread that is archived the sandbox will tell. */
export function mayWrite() {
  return openedChannel(getState())?.mayWrite ?? true;
}

function rememberPlace() {
  const { guild, channelId, userId } = getState();
  history.replaceState(null, '', `#${guild?.id}/${channelId}/${userId}`);
}
