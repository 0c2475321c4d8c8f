import { html } from 'htm/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { submitModal } from '../core/interactions.js';
import { setState, useStore } from '../core/store.js';
import { Markdown } from '../messages/markdown-view.js';
import { initialValue, ModalField } from './modal-field.js';

/** @import { OpenModal } from '../core/interactions.js' */
/** @import { ModalPart } from './modal-field.js' */

export function ModalDialog() {
  const open = useStore((state) => state.modal);
  return open && html`<${Dialog} key=${open.interactionId} open=${open} />`;
}

/** A modal as the bot sent it; the browser's own dialog keeps the focus inside and closes by Escape. @param {{ open: OpenModal }} props */
function Dialog({ open }) {
  const parts = /** @type {readonly ModalPart[]} */ (open.modal.components);
  const fields = parts.flatMap(fieldsOf);
  const [values, setValues] = useState(
    /** @returns {Record<string, unknown>} */ () =>
      Object.fromEntries(fields.map((field) => [field.custom_id ?? '', initialValue(field)])),
  );
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => {
    dialog.current?.showModal();
    const first = dialog.current?.querySelector('input, textarea, .select-button');
    if (first instanceof HTMLElement) first.focus();
  }, []);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setSending(true);
    setProblem((await submitModal(open, values)) ?? '');
    setSending(false);
  };
  const onChange = (/** @type {string | undefined} */ id) => (/** @type {unknown} */ value) =>
    setValues((/** @type {Record<string, unknown>} */ all) => ({ ...all, [id ?? '']: value }));
  return html`<dialog ref=${dialog} aria-labelledby="modal-title" onClose=${closeModal}>
    <form onSubmit=${submit} method="dialog">
      <h2 id="modal-title">${open.modal.title}</h2>
      ${parts.map((part, at) => (part.type === 10 ? html`<${Markdown} key=${at} text=${part.content ?? ''} />` : fieldsOf(part).map((field) => html`<${ModalField} key=${field.custom_id} field=${field} value=${values[field.custom_id ?? '']} onChange=${onChange(field.custom_id)} />`)))}
      ${problem && html`<p class="problem" role="alert"><span aria-hidden="true">⚠</span> ${problem}</p>`}
      <div class="dialog-actions">
        <button type="button" class="button secondary" onClick=${() => dialog.current?.close()}>
          Cancel
        </button>
        <button type="submit" class="button primary" aria-busy=${isSending}>Submit</button>
      </div>
    </form>
  </dialog>`;
}

function closeModal() {
  setState({ modal: null });
  // Chromium leaves no caret in a text field that a closing dialog gives the focus back to.
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLTextAreaElement)) return;
  activeElement.blur();
  activeElement.focus();
}

/** Fields stand in a label, or, the older way, in a row with a label of their own. @param {ModalPart} part @returns {ModalPart[]} */
function fieldsOf({ type, component, components = [], label, description }) {
  if (type === 1) return [...components];
  return component ? [{ ...component, label: label ?? '', description: description ?? '' }] : [];
}
