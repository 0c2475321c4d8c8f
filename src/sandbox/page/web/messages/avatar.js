import { html } from 'htm/preact';

/** Somebody's or something's initials on a colour of their own. @param {{ id: string, name: string, size?: string }} props */
export function Avatar({ id, name, size = 'medium' }) {
  const words = name.split(/[\s_.]+/).filter(Boolean);
  const letters = words.slice(0, 2).map((word) => Array.from(word)[0] ?? '');
  return html`<span class="avatar avatar-${size} tone-${toneOf(id)}" aria-hidden="true"
    >${letters.join('').toUpperCase()}</span
  >`;
}

/** One of the eight tones of theme.css, always the same for an id. @param {string} id */
function toneOf(id) {
  return Array.from(id).reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % 997, 7) % 8;
}
