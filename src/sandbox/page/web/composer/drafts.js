import { html } from 'htm/preact';
import { useEffect, useMemo } from 'preact/hooks';
import { describeFile, removeFile } from '../core/drafts.js';
import { useStore } from '../core/store.js';
import { sizeText } from '../messages/media.js';

/** @import { Draft } from '../core/store.js' */

/** The files that go with the next message. */
export function Drafts() {
  const files = useStore((state) => state.files);
  if (files.length === 0) return null;
  return html`<ul class="drafts" aria-label="Files to send">
    ${files.map((draft) => html`<li key=${draft.key}><${DraftFile} draft=${draft} /></li>`)}
  </ul>`;
}

/** @param {{ draft: Draft }} props */
function DraftFile({ draft }) {
  const { key, file, description } = draft;
  const isImage = /^image\/(?:png|jpeg|gif|webp)$/.test(file.type);
  return html`<div class="draft">
    ${isImage ? html`<${Thumbnail} file=${file} />` : html`<span class="draft-mark" aria-hidden="true">▤</span>`}
    <span class="draft-name" title=${file.name}
      >${file.name} <small class="muted">${sizeText(file.size)}</small></span
    >
    ${
      isImage &&
      html`<input
        type="text"
        aria-label=${`What ${file.name} shows`}
        placeholder="What it shows"
        maxlength="1024"
        value=${description}
        onInput=${(/** @type {InputEvent & { currentTarget: HTMLInputElement }} */ event) => describeFile(key, event.currentTarget.value)}
      />`
    }
    <button type="button" class="icon" aria-label=${`Remove ${file.name}`} onClick=${() => removeFile(key)}>
      <span aria-hidden="true">✕</span>
    </button>
  </div>`;
}

/** @param {{ file: File }} props */
function Thumbnail({ file }) {
  const url = useMemo(() => URL.createObjectURL(file), [file]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return html`<img class="draft-image" src=${url} alt="" />`;
}
