import { html } from 'htm/preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { findOptions, isAsked, placeholderOf } from './select-options.js';

/** @import { Menu, Option } from './select-options.js' */

/**
 * A select menu of any kind: one choice is sent at once, several when the list is closed.
 * In a modal `onChoose` only keeps them.
 * @param {{ menu: Menu, busy?: boolean, label?: string, onChoose: (values: readonly string[]) => unknown }} props
 */
export function SelectMenu({ menu, busy = false, label, onChoose }) {
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(() => initial(menu));
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const listId = useId();
  const { min_values = 1, max_values = 1, disabled = false } = menu;
  const close = () => {
    setOpen(false);
    button.current?.focus();
    if (max_values > 1 && chosen.length >= min_values) onChoose(chosen.map(({ value }) => value));
  };
  const toggle = (/** @type {Option} */ option) => {
    const without = chosen.filter(({ value }) => value !== option.value);
    if (max_values > 1)
      return setChosen(without.length < chosen.length ? without : [...chosen, option].slice(-max_values));
    setChosen([option]);
    setOpen(false);
    button.current?.focus();
    return onChoose([option.value]);
  };
  const text = chosen.length > 0 ? chosen.map((option) => option.label).join(', ') : placeholderOf(menu);
  return html`<div class="select">
    <button
      type="button"
      ref=${button}
      class="select-button"
      disabled=${disabled}
      aria-haspopup="listbox"
      aria-expanded=${isOpen}
      aria-controls=${listId}
      aria-busy=${busy}
      aria-label=${label ? `${label}: ${text}` : text}
      onClick=${() => (isOpen ? close() : setOpen(true))}
    >
      <span>${text}</span><span aria-hidden="true">▾</span>
    </button>
    ${isOpen && html`<${OptionList} id=${listId} menu=${menu} chosen=${chosen} onToggle=${toggle} onClose=${close} />`}
  </div>`;
}

/** @param {{ id: string, menu: Menu, chosen: readonly Option[], onToggle: (option: Option) => unknown, onClose: () => void }} props */
function OptionList({ id, menu, chosen, onToggle, onClose }) {
  const [query, setQuery] = useState('');
  const [options, setOptions] = useState(/** @type {readonly Option[]} */ ([]));
  const [active, setActive] = useState(0);
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const isMany = (menu.max_values ?? 1) > 1;
  useEffect(() => {
    let isCurrent = true;
    void findOptions(menu, query).then((found) => isCurrent && setOptions(found));
    return () => void (isCurrent = false);
  }, [menu, query]);
  useLayoutEffect(() => list.current?.focus(), []);
  useEffect(() => list.current?.parentElement?.scrollIntoView({ block: 'nearest' }), [options.length > 0]);
  useEffect(() => list.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest' }), [active]);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -options.length, End: options.length }[event.key];
    const option = options[active];
    if (step !== undefined) setActive(Math.min(Math.max(active + step, 0), options.length - 1));
    else if (event.key === 'Escape') onClose();
    else if ((event.key === 'Enter' || event.key === ' ') && option && event.target === list.current)
      void onToggle(option);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="select-list" onKeyDown=${onKeyDown}>
    ${isAsked(menu) && html`<input class="select-search" type="search" aria-label="Find" placeholder="Find…" value=${query} onInput=${(/** @type {InputEvent & { currentTarget: HTMLInputElement }} */ event) => setQuery(event.currentTarget.value)} />`}
    <div
      id=${id}
      ref=${list}
      role="listbox"
      tabindex="0"
      aria-label=${placeholderOf(menu)}
      aria-multiselectable=${isMany}
      aria-activedescendant=${`${id}-${active}`}
    >
      ${options.map((option, at) => {
        const isChosen = chosen.some(({ value }) => value === option.value);
        return html`<div
          key=${option.value}
          id=${`${id}-${at}`}
          role="option"
          aria-selected=${isChosen}
          class=${at === active ? 'option active' : 'option'}
          onMouseMove=${() => setActive(at)}
          onClick=${() => onToggle(option)}
        >
          <span class="option-mark" aria-hidden="true">${isChosen ? '✓' : ''}</span>
          <span
            >${option.emoji ? `${option.emoji} ` : ''}${option.label}${option.description && html`<small>${option.description}</small>`}</span
          >
        </div>`;
      })}
      ${options.length === 0 && html`<p class="muted">Nothing found</p>`}
    </div>
    ${isMany && html`<button type="button" class="button primary" onClick=${onClose}>Done</button>`}
  </div>`;
}

/** @param {Menu} menu @returns {readonly Option[]} */
function initial(menu) {
  return (menu.options ?? [])
    .filter((option) => option.default)
    .map((option) => ({ value: option.value, label: option.label }));
}
