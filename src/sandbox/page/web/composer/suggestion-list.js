import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';

/** @import { ComponentChildren } from 'preact' */

/**
 * What the message box offers while something is typed; its entries have the ids `suggestion-0`, `suggestion-1`, …
 * @param {{ name: string, head: string, items: readonly { key: string, body: ComponentChildren }[], active: number, onHover: (at: number) => void, onChoose: (at: number) => void }} props
 */
export function SuggestionList({ name, head, items, active, onHover, onChoose }) {
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => list.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest' }), [active]);
  return html`<div class="suggestions" ref=${list}>
    <p class="suggestions-head">${head}</p>
    <div id="suggestion-list" role="listbox" aria-label=${name}>
      ${items.map(
        ({ key, body }, at) =>
          html`<div
            key=${key}
            id=${`suggestion-${at}`}
            role="option"
            aria-selected=${at === active}
            class=${at === active ? 'option active' : 'option'}
            onMouseDown=${(/** @type {MouseEvent} */ event) => event.preventDefault()}
            onMouseMove=${() => onHover(at)}
            onClick=${() => onChoose(at)}
          >
            ${body}
          </div>`,
      )}
    </div>
  </div>`;
}
