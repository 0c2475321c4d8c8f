import { refreshChannelsSoon } from './channels.js';
import { tell } from './notice.js';
import { leaveChannel } from './places.js';
import { dropMessages, refreshMessagesSoon, refreshOlder, refreshSessions } from './refresh.js';
import { getState, setState } from './store.js';
import { throttle } from './throttle.js';
import { markUnread } from './unread.js';

/** @import { APIMessage } from 'discord-api-types/v10' */
/** @import { DispatchEvent, FeedEvent, InteractionEvent } from '../../../control/feed.ts' */

/** The newest are shown; a busy sandbox makes thousands a second. */
const kept = 300;

/** How long Discord's client shows that somebody types. */
const typingMs = 10_000;

/** @type {FeedEvent[]} */
let buffer = [];

/** @type {ReadonlyMap<number, number>} */
let latencies = new Map();

const showLog = throttle(150, () => setState({ log: buffer }));
const showLatencies = throttle(150, () => setState({ latencies }));

/** @param {FeedEvent} event */
export function takeEvent(event) {
  buffer = [...buffer.slice(1 - kept), event];
  showLog();
  if (event.kind === 'session') refreshSessions();
  if (concernsChannel(event)) refreshMessagesSoon();
  if (event.kind === 'dispatch') takeDispatch(event);
  if (event.kind === 'interaction') showServer(event);
}

/** @param {DispatchEvent} event */
function takeDispatch(event) {
  const { event: name, guildId, channelId, data } = event;
  const { guild, channelId: opened } = getState();
  if (name === 'TYPING_START') showTyping(event);
  else if (name === 'MESSAGE_CREATE') {
    // A test may dispatch anything under this name.
    const message = /** @type {Partial<APIMessage>} */ (data ?? {});
    stopTyping(`${channelId}:${message.author?.id}`);
    markUnread(guildId ?? '', message);
  } else if (name.startsWith('MESSAGE_') && channelId === opened) takeChange(event);
  if (guildId === guild?.id && /^(?:THREAD|CHANNEL|GUILD_ROLE|GUILD_MEMBER)_/.test(name)) {
    refreshChannelsSoon();
    const { id, name: gone } = /** @type {{ id?: string, name?: string }} */ (data ?? {});
    if (/^(?:THREAD|CHANNEL)_DELETE$/.test(name) && id === opened) void leave(gone);
  }
}

/** @param {DispatchEvent} event about a message of the open channel, in which the newest are read again anyhow */
function takeChange({ event, data }) {
  const { id, ids, message_id } = /** @type {{ id?: string, ids?: string[], message_id?: string }} */ (
    data ?? {}
  );
  if (event.startsWith('MESSAGE_DELETE')) dropMessages(ids ?? [id ?? '']);
  else void refreshOlder(message_id ?? id ?? '').catch(() => undefined);
}

/** @param {string | undefined} name */
async function leave(name) {
  await leaveChannel();
  tell(`${name === undefined ? 'The thread' : `#${name}`} that you were in was deleted`);
}

/**
 * Answers that only one member sees are never told, but the call that made them is: a callback or a webhook.
 * @param {FeedEvent} event
 */
function concernsChannel(event) {
  if (event.kind === 'dispatch') return event.channelId === getState().channelId;
  if (event.kind === 'interaction') return event.userId === getState().userId;
  return event.kind === 'rest' && /^\/(?:webhooks|interactions)\//.test(event.route);
}

/** @param {InteractionEvent} event */
function showServer({ guildId, userId, shardId, answeredInMs }) {
  if (answeredInMs === null || shardId === null) return;
  latencies = new Map(latencies).set(shardId, answeredInMs);
  showLatencies();
  const { guild, userId: me } = getState();
  if (guildId === guild?.id && userId === me) setState({ served: { shardId, ms: answeredInMs } });
}

/** @param {string} key */
function stopTyping(key) {
  const typing = new Map(getState().typing);
  if (typing.delete(key)) setState({ typing });
}

/** @param {DispatchEvent} event */
function showTyping({ channelId, data }) {
  const { user_id } = /** @type {{ user_id?: string }} */ (data ?? {});
  const key = `${channelId}:${user_id}`;
  setState({ typing: new Map(getState().typing).set(key, Date.now() + typingMs) });
  setTimeout(() => {
    const typing = new Map(getState().typing);
    if ((typing.get(key) ?? 0) <= Date.now()) typing.delete(key);
    setState({ typing });
  }, typingMs);
}
