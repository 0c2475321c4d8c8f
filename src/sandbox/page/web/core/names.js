import { getState } from './store.js';

/** @import { APIUser } from 'discord-api-types/v10' */

/** People seen in messages, for mentions of whom the guild's list lacks. @type {Map<string, string>} */
const seen = new Map();

/** @param {Pick<APIUser, 'id' | 'username' | 'global_name'>} user */
export function displayName(user) {
  const name = user.global_name ?? user.username;
  seen.set(user.id, name);
  return name;
}

/** @param {string} id */
export function memberName(id) {
  return seen.get(id) ?? getState().guild?.members.find((each) => each.id === id)?.username;
}

/** @param {string} id */
export function roleName(id) {
  return getState().guild?.roles.find((role) => role.id === id)?.name;
}

/** @param {string} id */
export function channelName(id) {
  return getState().guild?.channels.find((channel) => channel.id === id)?.name;
}
