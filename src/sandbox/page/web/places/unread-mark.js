import { html } from 'htm/preact';

/** A dot, or how often the visitor was spoken to. @param {{ mentions: number }} props */
export function UnreadMark({ mentions }) {
  if (mentions === 0) return html`<span class="unread-dot"><span class="hidden">unread</span></span>`;
  return html`<span class="mentions"
    >${mentions}<span class="hidden"> ${mentions === 1 ? 'mention' : 'mentions'}, unread</span></span
  >`;
}
