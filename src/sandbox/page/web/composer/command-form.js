import { html } from 'htm/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useCommand } from '../core/interactions.js';
import { labelOf } from './command-label.js';
import { OptionField } from './option-field.js';

/** @import { GivenValue } from '../core/interactions.js' */
/** @import { Entry, OptionDefinition } from './command-entries.js' */

/**
 * What was given for an option: the value that is sent and how people read it, or why it is none yet.
 * @typedef {{ value?: GivenValue, text: string, problem?: string }} Given
 */

/** The options of a chosen command; required ones stand there, others are added. @param {{ entry: Entry, onLeave: () => void }} props */
export function CommandForm({ entry, onLeave }) {
  const [given, setGiven] = useState(/** @type {Readonly<Record<string, Given>>} */ ({}));
  const [added, setAdded] = useState(/** @type {readonly string[]} */ ([]));
  const [problems, setProblems] = useState(/** @type {Readonly<Record<string, string>>} */ ({}));
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const shown = entry.options.filter(({ required, name }) => required || added.includes(name));
  const hidden = entry.options.filter((option) => !shown.includes(option));
  // Before the next key comes, which may follow at once.
  useLayoutEffect(() => focusField(form.current, undefined), [added]);
  const add = (/** @type {string} */ name) => setAdded([...added, name]);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const wrong = problemsOf(shown, given);
    setProblems(wrong);
    const [first] = Object.keys(wrong);
    if (first !== undefined) return focusField(form.current, first);
    const options = Object.fromEntries(
      shown.flatMap(({ name }) => (given[name]?.value === undefined ? [] : [[name, given[name].value]])),
    );
    onLeave();
    return void useCommand({ command: entry.words, options }, labelOf(entry, shown, given));
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onLeave();
  };
  return html`<form
    class="command-form"
    ref=${form}
    novalidate
    onSubmit=${submit}
    onKeyDown=${onKeyDown}
    aria-label=${`Options of /${entry.words}`}
  >
    <p class="command-head">
      <strong>/${entry.words}</strong> <span class="muted">${entry.description}</span>
    </p>
    <div class="option-fields">
      ${shown.map(
        (option) =>
          html`<${OptionField}
            key=${option.name}
            option=${option}
            command=${entry.words}
            values=${valuesOf(given)}
            given=${given[option.name]}
            problem=${problems[option.name]}
            onGive=${(/** @type {Given} */ value) => {
              setGiven((all) => ({ ...all, [option.name]: value }));
              setProblems({ ...problems, [option.name]: '' });
            }}
          />`,
      )}
      ${hidden.map(({ name, description }) => html`<button key=${name} type="button" class="add-option" title=${description} onClick=${() => add(name)}>+ ${name}</button>`)}
    </div>
    <div class="command-actions">
      <button type="submit" class="button primary">Send</button>
      <button type="button" class="button secondary" onClick=${onLeave}>Cancel</button>
    </div>
  </form>`;
}

/** @param {readonly OptionDefinition[]} shown @param {Readonly<Record<string, Given>>} given */
function problemsOf(shown, given) {
  const found = shown.flatMap(({ name, required }) => {
    const { value, problem } = given[name] ?? {};
    if (problem) return [[name, problem]];
    return required && value === undefined ? [[name, 'This option is required. Specify a value.']] : [];
  });
  return Object.fromEntries(found);
}

/** @param {Readonly<Record<string, Given>>} given @returns {Record<string, GivenValue>} */
function valuesOf(given) {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The named field; else the last, which is what was added, or the button that sends. @param {HTMLFormElement | null} form @param {string | undefined} name */
function focusField(form, name) {
  const fields = [...(form?.querySelectorAll('[data-option]') ?? [])];
  const wanted =
    name === undefined
      ? (fields.find((field) => field instanceof HTMLInputElement && field.value === '') ?? fields.at(-1))
      : fields.find((field) => field.getAttribute('data-option') === name);
  const target = wanted ?? form?.querySelector('[type=submit]');
  if (target instanceof HTMLElement) target.focus();
}
