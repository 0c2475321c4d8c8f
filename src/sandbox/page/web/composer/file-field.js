import { html } from 'htm/preact';
import { inputProps } from './field-props.js';

/** @import { Given } from './command-form.js' */

/** @param {{ id: string, hint: string, name: string, isWrong: boolean, isRequired: boolean, onGive: (given: Given) => void }} props */
export function FileField({ onGive, ...shared }) {
  const onChange = async (/** @type {Event & { currentTarget: HTMLInputElement }} */ event) => {
    const file = event.currentTarget.files?.[0];
    onGive(file ? { value: await uploadOf(file), text: file.name } : { text: '' });
  };
  return html`<input ...${inputProps(shared)} type="file" onChange=${onChange} />`;
}

/** A file as the control API takes it. @param {File} file */
export async function uploadOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // One call with all bytes as arguments would overflow the stack.
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return { filename: file.name, ...(file.type !== '' && { content_type: file.type }), data: btoa(text) };
}
