import { html } from 'htm/preact';
import { isThread, takesMessages } from '../core/channels.js';
import { openChannel } from '../core/places.js';
import { useStore } from '../core/store.js';
import { UnreadMark } from './unread-mark.js';

/** @import { ChannelSight } from '../../../control/guild-channels.ts' */

const forums = [15, 16];
const voices = [2, 13];

/** The channels that the member sees, each with its open threads. */
export function Channels() {
  const guild = useStore((state) => state.guild);
  const all = useStore((state) => state.channels);
  const channels = all.filter((channel) => takesMessages(channel) || forums.includes(channel.type));
  const threadsOf = (/** @type {ChannelSight} */ { id }) =>
    all.filter((channel) => isThread(channel) && channel.parentId === id);
  return html`<section class="channels" aria-label="Channels">
    <h2>${guild?.name ?? 'Channels'}</h2>
    <ul>
      ${channels.map((channel) => html`<li key=${channel.id}><${Place} channel=${channel} /><${Threads} of=${channel} threads=${threadsOf(channel)} /></li>`)}
    </ul>
  </section>`;
}

/** @param {{ of: ChannelSight, threads: readonly ChannelSight[] }} props */
function Threads({ of, threads }) {
  if (threads.length === 0) return null;
  return html`<ul class="threads" aria-label=${`Threads of ${of.name}`}>
    ${threads.map((thread) => html`<li key=${thread.id}><${Place} channel=${thread} /></li>`)}
  </ul>`;
}

/** @param {{ channel: ChannelSight }} props */
function Place({ channel }) {
  const { id, name, type } = channel;
  const isOpen = useStore(({ channelId }) => channelId === id);
  const unread = useStore((state) => state.unread.get(id));
  const mark = isThread(channel) ? '↳' : voices.includes(type) ? '🔊' : forums.includes(type) ? '▤' : '#';
  const inside = html`<span class="hash" aria-hidden="true">${mark}</span
    ><span class="place-name">${name}</span>`;
  // A forum has no messages of its own.
  if (forums.includes(type)) return html`<p class="place forum">${inside}</p>`;
  return html`<button
    type="button"
    class=${unread ? 'place unread' : 'place'}
    aria-current=${isOpen ? 'page' : undefined}
    onClick=${() => openChannel(id)}
  >
    ${inside}${unread && html`<${UnreadMark} mentions=${unread.mentions} />`}
  </button>`;
}
