import { html } from 'htm/preact';
import { useId } from 'preact/hooks';
import { SelectMenu } from '../messages/select-menu.js';
import { OptionGroup } from './option-group.js';

/** @import { VNode } from 'preact' */
/** @import { Menu } from '../messages/select-options.js' */

/**
 * A component of a modal; its `type` says which fields mean something (components/reference.mdx).
 * @typedef {Menu & { custom_id?: string, label?: string, description?: string, content?: string, value?: string, style?: number, required?: boolean, min_length?: number, max_length?: number, default?: boolean, component?: ModalPart, components?: readonly ModalPart[] }} ModalPart
 */

const types = { text: 4, fileUpload: 19, radioGroup: 21, checkboxGroup: 22, checkbox: 23 };
const paragraph = 2;

/** What the field holds before anybody touched it. @param {ModalPart} field @returns {unknown} */
export function initialValue({ type, value, options = [], default: isOn }) {
  const chosen = options.filter((option) => option.default).map((option) => option.value);
  if (type === types.text) return value ?? '';
  if (type === types.checkbox) return isOn ?? false;
  return type === types.radioGroup ? chosen[0] : chosen;
}

/** @param {{ field: ModalPart, value: unknown, onChange: (value: unknown) => void }} props */
export function ModalField({ field, value, onChange }) {
  const id = useId();
  const { label = '', description, type, required = true } = field;
  const mark =
    required && html`<span class="required" title="required"> *<span class="hidden"> required</span></span>`;
  const detail = description && html`<small class="muted">${description}</small>`;
  if (type === types.radioGroup || type === types.checkboxGroup) {
    return html`<fieldset class="modal-field">
      <legend>${label}${mark}</legend>
      ${detail}
      <${OptionGroup}
        name=${id}
        field=${field}
        value=${value}
        isMany=${type === types.checkboxGroup}
        onChange=${onChange}
      />
    </fieldset>`;
  }
  return html`<div class="modal-field">
    <label for=${id}>${label}${mark}</label>${detail} ${control({ id, field, value, onChange })}
  </div>`;
}

/** @param {{ id: string, field: ModalPart, value: unknown, onChange: (value: unknown) => void }} props @returns {VNode} */
function control({ id, field, value, onChange }) {
  const { type, style, placeholder, min_length, max_length, required = true } = field;
  if (type === types.checkbox) {
    return html`<input
      id=${id}
      type="checkbox"
      checked=${value === true}
      onChange=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ event) => onChange(event.currentTarget.checked)}
    />`;
  }
  if (type === types.fileUpload) {
    const onFiles = (/** @type {Event & { currentTarget: HTMLInputElement }} */ event) =>
      onChange([...(event.currentTarget.files ?? [])]);
    return html`<input
      id=${id}
      type="file"
      multiple=${(field.max_values ?? 1) > 1}
      required=${required}
      onChange=${onFiles}
    />`;
  }
  if (type !== types.text)
    return html`<${SelectMenu} menu=${field} label=${field.label} onChoose=${onChange} />`;
  const shared = {
    id,
    placeholder,
    required,
    minlength: min_length,
    maxlength: max_length,
    value: typeof value === 'string' ? value : '',
  };
  const onInput = (
    /** @type {InputEvent & { currentTarget: HTMLInputElement | HTMLTextAreaElement }} */ event,
  ) => onChange(event.currentTarget.value);
  if (style === paragraph) return html`<textarea ...${shared} rows="4" onInput=${onInput}></textarea>`;
  return html`<input ...${shared} type="text" autocomplete="off" onInput=${onInput} />`;
}
