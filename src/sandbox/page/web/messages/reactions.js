import { html } from 'htm/preact';
import { toggleReaction } from '../core/interactions.js';

/** @import { APIMessage, APIReaction } from 'discord-api-types/v10' */

/** @param {{ message: APIMessage }} props */
export function Reactions({ message }) {
  const { reactions = [] } = message;
  if (reactions.length === 0) return null;
  return html`<div class="reactions" role="group" aria-label="Reactions">
    ${reactions.map((reaction) => chip(message, reaction))}
  </div>`;
}

/** @param {APIMessage} message @param {APIReaction} reaction */
function chip(message, { emoji, count, me }) {
  const name = emoji.name ?? '';
  return html`<button
    key=${name}
    type="button"
    class="reaction"
    aria-pressed=${me}
    aria-label=${`${name}, ${count}`}
    onClick=${() => toggleReaction(message, name, me)}
  >
    ${name} <span>${count}</span>${me && html`<span aria-hidden="true">✓</span>`}
  </button>`;
}
