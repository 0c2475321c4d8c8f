import { refreshMessagesSoon, refreshSessions } from './refresh.js';
import { getState, setState } from './store.js';
import { throttle } from './throttle.js';

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
  if (event.kind === 'dispatch' && event.event === 'TYPING_START') showTyping(event);
  if (event.kind === 'interaction') showServer(event);
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
