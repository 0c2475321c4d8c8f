import { html } from 'htm/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { telling } from '../core/notice.js';
import { setState, useStore } from '../core/store.js';
import { beginThread } from '../core/talk.js';

/** @import { APIMessage } from 'discord-api-types/v10' */

export function ThreadDialog() {
  const message = useStore((state) => state.threadAt);
  return message && html`<${Dialog} key=${message.id} message=${message} />`;
}

/** Asks for the name of a thread that begins at the message. @param {{ message: APIMessage }} props */
function Dialog({ message }) {
  const [name, setName] = useState('');
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    dialog.current?.close();
    void telling(() => beginThread(message, name.trim()));
  };
  return html`<dialog
    ref=${dialog}
    aria-labelledby="thread-title"
    onClose=${() => setState({ threadAt: null })}
  >
    <form method="dialog" onSubmit=${submit}>
      <h2 id="thread-title">Begin a thread</h2>
      <label class="modal-field"
        ><span>Its name</span>
        <input
          type="text"
          required
          maxlength="100"
          autocomplete="off"
          value=${name}
          onInput=${(/** @type {InputEvent & { currentTarget: HTMLInputElement }} */ event) => setName(event.currentTarget.value)}
        />
      </label>
      <div class="dialog-actions">
        <button type="button" class="button secondary" onClick=${() => dialog.current?.close()}>
          Cancel
        </button>
        <button type="submit" class="button primary" disabled=${name.trim() === ''}>Begin</button>
      </div>
    </form>
  </dialog>`;
}
