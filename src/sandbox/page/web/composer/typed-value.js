/** @import { OptionDefinition } from './command-entries.js' */
/** @import { Given } from './command-form.js' */

const types = { string: 3, integer: 4 };

/** What was typed, as a value of the option's type, or why it is none. @param {OptionDefinition} option @param {string} text @returns {Given} */
export function parseTyped(option, text) {
  if (text === '') return { text };
  if (option.type === types.string) return checkLength(option, text);
  const value = Number(text);
  if (!Number.isFinite(value) || text.trim() === '') return { text, problem: 'Enter a number.' };
  if (option.type === types.integer && !Number.isInteger(value))
    return { text, problem: 'Enter a whole number.' };
  const { min_value = -Infinity, max_value = Infinity } = option;
  if (value < min_value || value > max_value)
    return { text, problem: `Enter a number ${rangeText(option)}.` };
  return { value, text };
}

/** @param {OptionDefinition} option @param {string} text @returns {Given} */
function checkLength(option, text) {
  const { min_length = 0, max_length = 6_000 } = option;
  if (text.length >= min_length && text.length <= max_length) return { value: text, text };
  return { text, problem: `Enter ${rangeText(option)}; these are ${text.length}.` };
}

/** @param {OptionDefinition} option */
export function rangeText({ min_value, max_value, min_length, max_length }) {
  if (min_value !== undefined && max_value !== undefined) return `from ${min_value} to ${max_value}`;
  if (min_value !== undefined) return `from ${min_value}`;
  if (max_value !== undefined) return `up to ${max_value}`;
  if (min_length !== undefined || max_length !== undefined)
    return `${min_length ?? 0} to ${max_length ?? 6_000} characters`;
  return '';
}
