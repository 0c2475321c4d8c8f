import { getState } from './store.js';

/** @import { APIUser } from 'discord-api-types/v10' */
/** @import { MemberSight } from '../../../control/member-search.ts' */

/** People seen in messages, for mentions of whom the guild's list lacks. @type {Map<string, string>} */
const seen = new Map();

/** @param {Pick<APIUser, 'id' | 'username' | 'global_name'>} user */
export function displayName(user) {
  const name = user.global_name ?? user.username;
  seen.set(user.id, name);
  return name;
}

/** @param {MemberSight} member */
export function rememberMember({ id, displayName: name }) {
  seen.set(id, name);
}

/** @param {string} id */
export function memberName(id) {
  return seen.get(id) ?? getState().guild?.members.find((each) => each.id === id)?.username;
}

/** @param {string} id */
export function roleName(id) {
  return getState().guild?.roles.find((role) => role.id === id)?.name;
}

/** Threads seen at messages: one that is archived is in no list. @type {Map<string, string>} */
const seenThreads = new Map();

/** @param {{ id: string, name: string | null }} thread */
export function rememberThread({ id, name }) {
  seenThreads.set(id, name ?? id);
}

/** @param {string} id */
export function channelName(id) {
  const { channels, guild } = getState();
  const isIt = (/** @type {{ id: string }} */ channel) => channel.id === id;
  return (channels.find(isIt) ?? guild?.channels.find(isIt))?.name ?? seenThreads.get(id);
}
