import { html } from 'htm/preact';
import { clearNotice } from '../core/notice.js';
import { useStore } from '../core/store.js';

/** What the sandbox said last, refusals above all. */
export function Notice() {
  const notice = useStore((state) => state.notice);
  return html`<div class="notice-place" role="status">
    ${
      notice &&
      html`<p class=${notice.isProblem ? 'notice problem' : 'notice'}>
        <span>${notice.isProblem ? '⚠ ' : ''}${notice.text}</span>
        <button type="button" class="quiet" onClick=${clearNotice}>Dismiss</button>
      </p>`
    }
  </div>`;
}
