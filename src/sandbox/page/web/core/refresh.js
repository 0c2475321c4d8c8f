import { read } from './api.js';
import { isOlder, mergePage } from './merge-page.js';
import { getState, setState } from './store.js';
import { throttle } from './throttle.js';

/** @import { APIMessage } from 'discord-api-types/v10' */
/** @import { SessionsSight } from '../../../control/sessions.ts' */

/** As many as Discord's client loads at once. */
export const pageSize = 50;

/** As many as the sandbox keeps of a channel. */
const pagesMax = 20;

/** Reads the open channel as the member sees it; what was scrolled back to stays. */
export async function refreshMessages() {
  const { channelId, userId } = getState();
  if (channelId === '') return;
  const newest = await readNewest(channelId, userId);
  const now = getState();
  if (now.channelId !== channelId || now.userId !== userId) return;
  setState(mergePage(now, newest, pageSize));
}

/**
 * A page, the oldest message first; for whoever scrolled up as many as reach what is shown, so that nothing goes away under their eyes.
 * @param {string} channelId @param {string} userId
 */
async function readNewest(channelId, userId) {
  let newest = await readPage({ channelId, userId });
  for (let pages = 1; pages < pagesMax; pages++) {
    const { readUpTo, messages } = getState();
    const [first] = newest;
    const last = messages.at(-1);
    if (readUpTo === null || !first || !last || !isOlder(last, first)) break;
    const older = await readPage({ channelId, userId, before: first.id });
    if (older.length === 0) break;
    newest = [...older, ...newest];
  }
  return newest;
}

/**
 * @param {{ channelId: string, userId: string, before?: string }} from
 * @returns {Promise<APIMessage[]>} the oldest first
 */
async function readPage({ channelId, userId, ...before }) {
  /** @type {APIMessage[]} */
  const page = await read(`/channels/${channelId}/messages`, { user_id: userId, limit: pageSize, ...before });
  return page.toReversed();
}

/** However much happens, the page reads no more often than this. */
export const refreshMessagesSoon = throttle(120, () => refreshMessages().catch(() => undefined));

/** Reads one message again that `refreshMessages` is too new for. @param {string} id */
export async function refreshOlder(id) {
  const { channelId, userId, messages } = getState();
  const oldestRead = messages.at(-pageSize);
  if (!oldestRead || !isOlder({ id }, oldestRead) || !messages.some((each) => each.id === id)) return;
  const before = String(BigInt(id) + 1n);
  /** @type {APIMessage[]} */
  const [found] = await read(`/channels/${channelId}/messages`, { user_id: userId, before, limit: 1 });
  if (found?.id !== id || getState().channelId !== channelId) return;
  setState({ messages: getState().messages.map((each) => (each.id === id ? found : each)) });
}

/** @param {readonly string[]} ids */
export function dropMessages(ids) {
  const { messages } = getState();
  const left = messages.filter(({ id }) => !ids.includes(id));
  if (left.length < messages.length) setState({ messages: left });
}

export const refreshSessions = throttle(250, async () => {
  /** @type {SessionsSight | null} */
  const sessions = await read('/sessions').catch(() => null);
  setState({ sessions });
});
