import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { telling } from '../core/notice.js';
import { openChannel, openGuild } from '../core/places.js';
import { loadGuilds } from '../core/start.js';
import { useStore } from '../core/store.js';
import { Avatar } from '../messages/avatar.js';
import { WhoYouAre } from './who-you-are.js';

/** @import { GuildSight } from '../../../control/guilds.ts' */

/** So many guilds are found faster by typing. */
const filterFrom = 12;

/** Servers, the channels of the open one, and who the visitor is. */
export function Places() {
  return html`<nav class="places" aria-label="Servers and channels">
    <p class="brand"><img src="icon.svg" alt="" width="22" height="22" /> Shoal playground</p>
    <${Guilds} />
    <${Channels} />
    <${WhoYouAre} />
  </nav>`;
}

function Guilds() {
  const guilds = useStore((state) => state.guilds);
  const open = useStore((state) => state.guild);
  const hasMore = useStore((state) => state.moreGuilds);
  const [filter, setFilter] = useState('');
  const shown = guilds.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  return html`<section class="guilds" aria-label="Servers">
    <h2>Servers <span class="count">${guilds.length}${hasMore ? '+' : ''}</span></h2>
    ${guilds.length > filterFrom && html`<input type="search" aria-label="Find a server" placeholder="Find a server…" value=${filter} onInput=${(/** @type {InputEvent & { currentTarget: HTMLInputElement }} */ event) => setFilter(event.currentTarget.value)} />`}
    <ul>
      ${shown.map((guild) => html`<li key=${guild.id}><${Guild} guild=${guild} isOpen=${guild.id === open?.id} /></li>`)}
    </ul>
    ${hasMore && html`<button type="button" class="quiet" onClick=${() => telling(() => loadGuilds(guilds.at(-1)?.id))}>Show more servers</button>`}
  </section>`;
}

/** @param {{ guild: GuildSight, isOpen: boolean }} props */
function Guild({ guild, isOpen }) {
  return html`<button
    type="button"
    class="place guild"
    aria-current=${isOpen ? 'true' : undefined}
    onClick=${() => telling(() => openGuild(guild))}
  >
    <${Avatar} id=${guild.id} name=${guild.name} size="small" />
    <span class="place-name">${guild.name}</span>
    <span class="shard-tag" title=${`Shard ${guild.shardId}`}
      ><span class="hidden">on shard </span>${guild.shardId}</span
    >
  </button>`;
}

function Channels() {
  const guild = useStore((state) => state.guild);
  const channelId = useStore((state) => state.channelId);
  return html`<section class="channels" aria-label="Channels">
    <h2>${guild?.name ?? 'Channels'}</h2>
    <ul>
      ${guild?.channels.map(
        ({ id, name }) =>
          html`<li key=${id}>
            <button
              type="button"
              class="place"
              aria-current=${id === channelId ? 'page' : undefined}
              onClick=${() => openChannel(id)}
            >
              <span class="hash" aria-hidden="true">#</span><span class="place-name">${name}</span>
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
}
