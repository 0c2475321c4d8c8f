/** @import { APIMessage } from 'discord-api-types/v10' */

/** Behind the newest page so many stay for whoever reads at the end: a raid must not fill the page. */
const keptBehind = 100;

/** The same for whoever scrolled up: the sandbox itself keeps no more of a channel. */
const keptAbove = 1_000;

/**
 * What is shown, and the newest page, as one list. Where messages are missing between the two, as after a time without the
 * feed, only the page is left: the rest is read again when somebody asks for older ones.
 * @param {{ messages: readonly APIMessage[], hasOlder: boolean, readUpTo: string | null }} shown
 * @param {readonly APIMessage[]} newest the oldest first
 * @param {number} pageSize
 */
export function mergePage(shown, newest, pageSize) {
  const [first] = newest;
  if (!first || newest.length < pageSize) return { messages: newest, hasOlder: false };
  const older = shown.messages.filter((each) => isOlder(each, first));
  const hasGap = older.length > 0 && older.length === shown.messages.length;
  if (hasGap || older.length === 0) return { messages: newest, hasOlder: true };
  const kept = older.slice(shown.readUpTo === null ? -keptBehind : -keptAbove);
  return { messages: [...kept, ...newest], hasOlder: kept.length < older.length || shown.hasOlder };
}

/** Ids grow with time; the longer one is the larger. @param {{ id: string }} message @param {{ id: string }} other */
export function isOlder({ id }, { id: other }) {
  return id.length === other.length ? id < other : id.length < other.length;
}
