import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { telling } from '../core/notice.js';
import { inputProps } from './field-props.js';

/** @typedef {{ label: string, value: string | number | boolean, description?: string | undefined }} Choice */

/** A list that the bot makes is asked for once typing pauses, in ms. */
const pauseMs = 180;

/**
 * @typedef {object} ComboboxProps
 * @property {string} id
 * @property {string} hint id of the text that describes it
 * @property {string} name
 * @property {boolean} isWrong
 * @property {boolean} isRequired
 * @property {string} [initial] what is chosen already; typing replaces it, and it comes back when nothing is picked
 * @property {boolean} waits until typing pauses
 * @property {(query: string) => Promise<readonly Choice[]>} find
 * @property {(text: string) => void} onText
 * @property {(choice: Choice) => void} onPick
 */

/** A field with a list that follows what is typed (ARIA combobox pattern). @param {ComboboxProps} props */
export function Combobox({ find, waits, onText, onPick, initial = '', ...shared }) {
  const [text, setText] = useState(initial);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setText(initial), [initial]);
  const [active, setActive] = useState(0);
  const { choices, isLoading } = useChoices(find, isOpen ? (text === initial ? '' : text) : undefined, waits);
  const listId = `${shared.id}-list`;
  const pick = (/** @type {Choice | undefined} */ choice) => {
    if (!choice) return;
    setText(choice.label);
    setOpen(false);
    onPick(choice);
  };
  const leave = () => {
    setOpen(false);
    if (initial !== '') setText(initial);
  };
  const onInput = (/** @type {InputEvent & { currentTarget: HTMLInputElement }} */ event) => {
    setText(event.currentTarget.value);
    setOpen(true);
    setActive(0);
    onText(event.currentTarget.value);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      setOpen(true);
      setActive(isOpen && choices.length > 0 ? (active + step + choices.length) % choices.length : 0);
    } else if (isOpen && event.key === 'Escape') setOpen(false);
    else if (isOpen && choices.length > 0 && event.key === 'Enter') pick(choices[active]);
    else if (isOpen && choices.length > 0 && event.key === 'Tab' && text !== '') return pick(choices[active]);
    else return undefined;
    return event.preventDefault();
  };
  return html`<div class="combobox">
    <input
      ...${inputProps(shared)}
      type="text"
      role="combobox"
      autocomplete="off"
      aria-autocomplete="list"
      aria-expanded=${isOpen}
      aria-controls=${listId}
      aria-activedescendant=${isOpen && choices.length > 0 ? `${listId}-${active}` : undefined}
      value=${text}
      onInput=${onInput}
      onKeyDown=${onKeyDown}
      onFocus=${(/** @type {FocusEvent & { currentTarget: HTMLInputElement }} */ event) => {
        setOpen(text === '');
        if (initial !== '') event.currentTarget.select();
      }}
      onClick=${() => setOpen(true)}
      onBlur=${leave}
    />
    ${
      isOpen &&
      html`<div class="suggestions floating">
        <div id=${listId} role="listbox" aria-label=${shared.name}>
          ${choices.map(
            (choice, at) =>
              html`<div
                key=${String(choice.value)}
                id=${`${listId}-${at}`}
                role="option"
                aria-selected=${at === active}
                class=${at === active ? 'option active' : 'option'}
                onMouseDown=${(/** @type {MouseEvent} */ event) => event.preventDefault()}
                onMouseMove=${() => setActive(at)}
                onClick=${() => pick(choice)}
              >
                <span
                  >${choice.label}${choice.description && html`<small>${choice.description}</small>`}</span
                >
              </div>`,
          )}
          ${choices.length === 0 && html`<p class="muted">${isLoading ? 'Loading…' : 'No options match'}</p>`}
        </div>
      </div>`
    }
  </div>`;
}

/** The list for what is typed now; answers to earlier questions are dropped. @param {ComboboxProps['find']} find @param {string | undefined} query @param {boolean} waits */
function useChoices(find, query, waits) {
  const [choices, setChoices] = useState(/** @type {readonly Choice[]} */ ([]));
  const [isLoading, setLoading] = useState(false);
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    if (query === undefined) return undefined;
    setLoading(true);
    const timer = setTimeout(
      async () => {
        const found = await telling(() => latest.current(query));
        if (!isCurrent) return;
        setChoices(found ?? []);
        setLoading(false);
      },
      waits ? pauseMs : 0,
    );
    let isCurrent = true;
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query, waits]);
  return { choices, isLoading };
}
