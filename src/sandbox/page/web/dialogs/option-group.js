import { html } from 'htm/preact';

/** @import { ModalPart } from './modal-field.js' */

/** Radio buttons or check boxes of a modal. @param {{ name: string, field: ModalPart, value: unknown, isMany: boolean, onChange: (value: unknown) => void }} props */
export function OptionGroup({ name, field, value, isMany, onChange }) {
  const chosen = Array.isArray(value) ? value : [];
  const toggle = (/** @type {string} */ option) => {
    if (!isMany) return onChange(option);
    return onChange(chosen.includes(option) ? chosen.filter((each) => each !== option) : [...chosen, option]);
  };
  return html`<div>
    ${(field.options ?? []).map(
      (option) =>
        html`<label key=${option.value} class="choice">
          <input
            type=${isMany ? 'checkbox' : 'radio'}
            name=${name}
            checked=${isMany ? chosen.includes(option.value) : value === option.value}
            onChange=${() => toggle(option.value)}
          />
          <span>${option.label}${option.description && html`<small>${option.description}</small>`}</span>
        </label>`,
    )}
  </div>`;
}
