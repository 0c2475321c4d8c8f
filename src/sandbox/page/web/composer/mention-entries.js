import { getState } from '../core/store.js';
import { channelOptions, memberOptions, roleOptions } from '../messages/select-options.js';

/** What can be mentioned: how it reads in the box, and how a message writes it (reference.mdx, Message Formatting). @typedef {{ text: string, markup: string, detail: string }} Mentionable */

/** The word before the caret that begins a mention. @param {string} text @param {number} caret */
export function mentionAt(text, caret) {
  const match = /(?:^|\s)([@#][^\s@#]*)$/.exec(text.slice(0, caret));
  return match?.[1];
}

/** @param {string} typed with its `@` or `#` @returns {Promise<readonly Mentionable[]>} */
export async function findMentions(typed) {
  if (typed.startsWith('#')) {
    const sendable = channelOptions(typed).filter(({ value }) => isNoCategory(value));
    return sendable
      .slice(0, 10)
      .map(({ label, value }) => ({ text: label, markup: `<#${value}>`, detail: '' }));
  }
  const members = (await memberOptions(typed)).slice(0, 10);
  return [
    ...members.map(({ label, value, description = '' }) => ({
      text: `@${label}`,
      markup: `<@${value}>`,
      detail: description,
    })),
    ...roleOptions(typed).slice(0, 5).map(role),
  ];
}

/** The role of all is written as it reads. @param {{ label: string, value: string }} option @returns {Mentionable} */
function role({ label, value }) {
  const isEveryone = value === getState().guild?.id;
  return { text: label, markup: isEveryone ? label : `<@&${value}>`, detail: 'role' };
}

/** @param {string} id */
function isNoCategory(id) {
  return getState().channels.some((channel) => channel.id === id && channel.type !== 4);
}

/** What was chosen from the list, as a message writes it; the longest first, for one name may begin another. @param {string} text @param {ReadonlyMap<string, string>} chosen */
export function withMarkup(text, chosen) {
  const all = [...chosen].toSorted(([one], [other]) => other.length - one.length);
  return all.reduce((written, [shown, markup]) => written.replaceAll(shown, markup), text);
}
