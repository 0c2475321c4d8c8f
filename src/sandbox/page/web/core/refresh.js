import { read } from './api.js';
import { getState, setState } from './store.js';
import { throttle } from './throttle.js';

/** @import { APIMessage } from 'discord-api-types/v10' */
/** @import { SessionsSight } from '../../../control/sessions.ts' */

/** As many as Discord's client loads at once. */
const perPage = 50;

/** Reads the open channel as the member sees it; what was scrolled back to stays. */
export async function refreshMessages() {
  const { channelId, userId } = getState();
  if (channelId === '') return;
  /** @type {APIMessage[]} */
  const page = await read(`/channels/${channelId}/messages`, { user_id: userId, limit: perPage });
  const now = getState();
  if (now.channelId !== channelId || now.userId !== userId) return;
  const newest = page.toReversed();
  const first = newest[0];
  const older = first && page.length === perPage ? now.messages.filter((each) => isOlder(each, first)) : [];
  setState({
    messages: [...older, ...newest],
    hasOlder: older.length > 0 ? now.hasOlder : page.length === perPage,
  });
}

/** However much happens, the page reads no more often than this. */
export const refreshMessagesSoon = throttle(120, () => refreshMessages().catch(() => undefined));

export const refreshSessions = throttle(250, async () => {
  /** @type {SessionsSight | null} */
  const sessions = await read('/sessions').catch(() => null);
  setState({ sessions });
});

/** Ids grow with time; the longer one is the larger. @param {APIMessage} message @param {APIMessage} other */
function isOlder(message, other) {
  return BigInt(message.id) < BigInt(other.id);
}
