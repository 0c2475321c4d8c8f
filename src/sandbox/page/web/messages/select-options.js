import { findMembers } from '../core/interactions.js';
import { getState } from '../core/store.js';

/** @typedef {{ value: string, label: string, description?: string | undefined, emoji?: string | undefined }} Option */
/**
 * @typedef {object} Menu
 * @property {number} type
 * @property {string} [placeholder]
 * @property {number} [min_values]
 * @property {number} [max_values]
 * @property {boolean} [disabled]
 * @property {readonly { value: string, label: string, description?: string, default?: boolean, emoji?: { id?: string | null, name?: string | null } }[]} [options]
 */

/** components/reference.mdx, Component Types. */
const types = { string: 3, user: 5, role: 6, mentionable: 7, channel: 8 };

const placeholders = {
  [types.string]: 'Choose…',
  [types.user]: 'Choose a member…',
  [types.role]: 'Choose a role…',
  [types.mentionable]: 'Choose a member or a role…',
  [types.channel]: 'Choose a channel…',
};

/** @param {Menu} menu */
export function placeholderOf({ type, placeholder }) {
  return placeholder ?? placeholders[type] ?? 'Choose…';
}

/** Whether the list is what the guild has, and therefore long. @param {Menu} menu */
export function isAsked({ type }) {
  return type !== types.string;
}

/** What can be chosen, by a part of its name. @param {Menu} menu @param {string} query @returns {Promise<readonly Option[]>} */
export async function findOptions(menu, query) {
  const { string, user, role, mentionable, channel } = types;
  if (menu.type === string) return (menu.options ?? []).map(stringOption);
  return [
    ...(menu.type === user || menu.type === mentionable ? await memberOptions(query) : []),
    ...(menu.type === role || menu.type === mentionable ? roleOptions(query) : []),
    ...(menu.type === channel ? channelOptions(query) : []),
  ];
}

/** @param {string} query @returns {Promise<Option[]>} */
export async function memberOptions(query) {
  const members = await findMembers(query.replace(/^@/, ''));
  return members.map(({ id, displayName, username, kind }) => ({
    value: id,
    label: displayName,
    description: `${username} · ${kind}`,
  }));
}

/** @param {string} query @returns {Option[]} */
export function roleOptions(query) {
  const roles = getState().guild?.roles ?? [];
  return matching(query.replace(/^@/, ''), roles).map(({ id, name }) => ({
    value: id,
    label: `@${name.replace(/^@/, '')}`,
    description: 'role',
  }));
}

/** @param {string} query @returns {Option[]} */
export function channelOptions(query) {
  const { channels } = getState();
  return matching(query.replace(/^#/, ''), channels).map(({ id, name }) => ({
    value: id,
    label: `#${name}`,
  }));
}

/** @template {{ name: string }} T @param {string} query @param {readonly T[]} all */
function matching(query, all) {
  return all.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase())).slice(0, 25);
}

/** @param {NonNullable<Menu['options']>[number]} option @returns {Option} */
function stringOption({ value, label, description, emoji }) {
  return { value, label, description, emoji: emoji?.id ? undefined : (emoji?.name ?? undefined) };
}
