import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { telling } from '../core/notice.js';
import { openGuild } from '../core/places.js';
import { loadGuilds } from '../core/start.js';
import { useStore } from '../core/store.js';
import { Avatar } from '../messages/avatar.js';
import { Channels } from './channels.js';
import { UnreadMark } from './unread-mark.js';
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
    ${shown.length === 0 && html`<p class="muted nothing">${guilds.length === 0 ? 'The bot is in no server.' : 'No server has this in its name.'}</p>`}
    ${hasMore && html`<button type="button" class="quiet" onClick=${() => telling(() => loadGuilds(guilds.at(-1)?.id))}>Show more servers</button>`}
  </section>`;
}

/** @param {{ guild: GuildSight, isOpen: boolean }} props */
function Guild({ guild, isOpen }) {
  const marks = useStore(({ unread }) => marksOf(unread, guild.id));
  return html`<button
    type="button"
    class=${marks < 0 || isOpen ? 'place guild' : 'place guild unread'}
    aria-current=${isOpen ? 'true' : undefined}
    onClick=${() => telling(() => openGuild(guild))}
  >
    <${Avatar} id=${guild.id} name=${guild.name} size="small" />
    <span class="place-name">${guild.name}</span>
    ${marks >= 0 && !isOpen && html`<${UnreadMark} mentions=${marks} />`}
    <span class="shard-tag" title=${`Shard ${guild.shardId}`}
      ><span class="hidden">on shard </span>${guild.shardId}</span
    >
  </button>`;
}

/** How often the visitor was spoken to in unread channels of the guild; -1 where it has none. @param {ReadonlyMap<string, import('../core/store.js').Unread>} unread @param {string} guildId */
function marksOf(unread, guildId) {
  const own = [...unread.values()].filter((each) => each.guildId === guildId);
  return own.length === 0 ? -1 : own.reduce((sum, { mentions }) => sum + mentions, 0);
}
