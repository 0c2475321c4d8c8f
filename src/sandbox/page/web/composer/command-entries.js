/** @import { APIApplicationCommandOption } from 'discord-api-types/v10' */
/** @import { CommandSight } from '../../../control/guild-commands.ts' */

/**
 * What can be typed after `/`: a command, or a subcommand with the words before it.
 * @typedef {{ words: string, description: string, options: readonly OptionDefinition[] }} Entry
 */

/**
 * An option that takes a value; its `type` says which of the fields mean something.
 * @typedef {{ type: number, name: string, description: string, required?: boolean, choices?: readonly { name: string, value: string | number }[], autocomplete?: boolean, channel_types?: readonly number[], min_value?: number, max_value?: number, min_length?: number, max_length?: number }} OptionDefinition
 */

const chatInput = 1;
const subcommandTypes = [1, 2];

/** @param {readonly CommandSight[]} commands @returns {Entry[]} */
export function entriesOf(commands) {
  return commands
    .filter(({ type }) => type === chatInput)
    .flatMap(({ name, description, options }) => unfold(name, description, options));
}

/** @param {string} words @param {string} description @param {readonly APIApplicationCommandOption[]} options @returns {Entry[]} */
function unfold(words, description, options) {
  const inner = options.filter(({ type }) => subcommandTypes.includes(type));
  if (inner.length === 0) return [{ words, description, options }];
  return inner.flatMap((option) =>
    unfold(`${words} ${option.name}`, option.description, 'options' in option ? (option.options ?? []) : []),
  );
}

/** Those that what was typed begins or is part of, the former first. @param {readonly Entry[]} entries @param {string} typed without the slash */
export function matchingEntries(entries, typed) {
  const wanted = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const begins = entries.filter(({ words }) => words.startsWith(wanted));
  const contains = entries.filter((entry) => !begins.includes(entry) && entry.words.includes(wanted));
  return [...begins, ...contains];
}
