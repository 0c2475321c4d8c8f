import { html } from 'htm/preact';
import { inputProps } from './field-props.js';

/** @import { Given } from './command-form.js' */

/** A file is picked, dropped or pasted here. @param {{ id: string, hint: string, name: string, isWrong: boolean, isRequired: boolean, onGive: (given: Given) => void }} props */
export function FileField({ onGive, ...shared }) {
  const give = (/** @type {HTMLInputElement} */ { files }) => {
    const file = files?.[0];
    onGive(file ? { value: file, text: file.name } : { text: '' });
  };
  const onPaste = (/** @type {ClipboardEvent & { currentTarget: HTMLInputElement }} */ event) => {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.currentTarget.files = files;
    give(event.currentTarget);
  };
  return html`<input
    ...${inputProps(shared)}
    type="file"
    onChange=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ event) => give(event.currentTarget)}
    onPaste=${onPaste}
  />`;
}
