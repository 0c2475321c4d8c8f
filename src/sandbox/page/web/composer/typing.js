import { html } from 'htm/preact';
import { memberName } from '../core/names.js';
import { useStore } from '../core/store.js';

export function Typing() {
  const channelId = useStore((state) => state.channelId);
  const typing = useStore((state) => state.typing);
  const names = [...typing.keys()]
    .map((key) => key.split(':'))
    .filter(([channel]) => channel === channelId)
    .map(([, user = '']) => memberName(user) ?? 'The bot');
  const text = names.length === 1 ? `${names[0]} is typing…` : `${names.length} people are typing…`;
  return html`<p class="typing" aria-live="polite">
    ${names.length > 0 && html`<span class="dots" aria-hidden="true"></span> ${text}`}
  </p>`;
}
