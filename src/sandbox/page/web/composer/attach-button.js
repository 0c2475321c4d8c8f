import { html } from 'htm/preact';
import { useRef } from 'preact/hooks';
import { addFiles } from '../core/drafts.js';

/** Picks files for the next message. */
export function AttachButton() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  return html`<button
      type="button"
      class="icon"
      aria-label="Attach files"
      title="Attach files; they can be pasted and dropped, too"
      onClick=${() => field.current?.click()}
    >
      <span aria-hidden="true">+</span>
    </button>
    <input ref=${field} type="file" multiple hidden aria-label="Files" onChange=${take} />`;
}

/** @param {Event & { currentTarget: HTMLInputElement }} event */
function take({ currentTarget }) {
  addFiles([...(currentTarget.files ?? [])]);
  // The same file may be picked again.
  currentTarget.value = '';
  document.querySelector('textarea')?.focus();
}
