import { html } from 'htm/preact';
import { useId } from 'preact/hooks';
import { suggestions } from '../core/interactions.js';
import { channelOptions, memberOptions, roleOptions } from '../messages/select-options.js';
import { Combobox } from './combobox.js';
import { FileField } from './file-field.js';
import { inputProps } from './field-props.js';
import { parseTyped, rangeText } from './typed-value.js';

/** @import { GivenValue } from '../core/interactions.js' */
/** @import { OptionDefinition } from './command-entries.js' */
/** @import { Given } from './command-form.js' */
/** @import { Choice } from './combobox.js' */

/** application-commands.mdx, Application Command Option Type. */
const types = {
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};

const typeNames = /** @type {Readonly<Record<number, string>>} */ ({
  3: 'text',
  4: 'whole number',
  5: 'yes or no',
  6: 'member',
  7: 'channel',
  8: 'role',
  9: 'member or role',
  10: 'number',
  11: 'file',
});

/**
 * @typedef {object} FieldProps
 * @property {OptionDefinition} option
 * @property {string} command
 * @property {Record<string, GivenValue>} values of all options, for autocomplete
 * @property {Given | undefined} given
 * @property {string | undefined} problem
 * @property {(given: Given) => void} onGive
 */

/** One option: its name, what it wants, and a field of its type. @param {FieldProps} props */
export function OptionField(props) {
  const { option, problem } = props;
  const id = useId();
  const detail = [typeNames[option.type] ?? 'value', rangeText(option)].filter(Boolean).join(', ');
  return html`<div class=${problem ? 'option-field wrong' : 'option-field'}>
    <label for=${id}
      >${option.name}${option.required && html`<span class="required" title="required"> *<span class="hidden"> required</span></span>`}</label
    >
    <${Field} ...${props} id=${id} hint=${`${id}-hint`} />
    <small id=${`${id}-hint`} class=${problem ? 'problem' : 'muted'}
      >${problem || `${option.description} (${detail})`}</small
    >
  </div>`;
}

/** @param {FieldProps & { id: string, hint: string }} props */
function Field({ option, command, values, given, problem, onGive, id, hint }) {
  const shared = {
    id,
    hint,
    name: option.name,
    isWrong: Boolean(problem),
    isRequired: option.required ?? false,
  };
  if (option.type === types.attachment) return html`<${FileField} ...${shared} onGive=${onGive} />`;
  const find = finderOf(option, command, values);
  if (find) {
    const isFree = option.autocomplete === true;
    const onText = (/** @type {string} */ text) => onGive(isFree ? parseTyped(option, text) : unchosen(text));
    return html`<${Combobox}
      ...${shared}
      find=${find}
      waits=${isFree}
      onText=${onText}
      onPick=${(/** @type {Choice} */ { value, label }) => onGive({ value, text: label })}
    />`;
  }
  return html`<input
    ...${inputProps(shared)}
    type="text"
    inputmode=${option.type === types.string ? 'text' : 'decimal'}
    autocomplete="off"
    value=${given?.text ?? ''}
    onInput=${(/** @type {InputEvent & { currentTarget: HTMLInputElement }} */ event) => onGive(parseTyped(option, event.currentTarget.value))}
  />`;
}

/** @param {string} text @returns {Given} */
function unchosen(text) {
  return text === '' ? { text } : { text, problem: 'Choose one of the list.' };
}

/** Where a field's list comes from; none for what is simply typed. @param {OptionDefinition} option @param {string} command @param {Record<string, GivenValue>} values @returns {((query: string) => Promise<readonly Choice[]>) | undefined} */
function finderOf(option, command, values) {
  const { type, choices, autocomplete, name } = option;
  if (choices && choices.length > 0) return async (query) => named(choices, query);
  if (autocomplete)
    return async (query) =>
      named((await suggestions(command, { ...values, [name]: query }, name)).choices, '');
  if (type === types.boolean)
    return async (query) =>
      named(
        [
          { name: 'True', value: true },
          { name: 'False', value: false },
        ],
        query,
      );
  if (type === types.user) return memberOptions;
  if (type === types.role) return async (query) => roleOptions(query);
  if (type === types.channel) return async (query) => channelOptions(query);
  if (type === types.mentionable)
    return async (query) => [...(await memberOptions(query)), ...roleOptions(query)];
  return undefined;
}

/** @param {readonly { name: string, value: string | number | boolean }[]} all @param {string} query @returns {Choice[]} */
function named(all, query) {
  return all
    .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
    .map(({ name, value }) => ({ label: name, value }));
}
