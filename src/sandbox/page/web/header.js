import { html } from 'htm/preact';
import { isThread, openedChannel } from './core/channels.js';
import { channelName } from './core/names.js';
import { openChannel } from './core/places.js';
import { setState, useStore } from './core/store.js';
import { nextTheme } from './core/theme.js';

const themeMarks = /** @type {Readonly<Record<string, string>>} */ ({ auto: '◐', dark: '☾', light: '☀' });

export function Header() {
  const guild = useStore((state) => state.guild);
  const channelId = useStore((state) => state.channelId);
  const drawer = useStore((state) => state.drawer);
  const theme = useStore((state) => state.theme);
  const served = useStore((state) => state.served);
  const channel = useStore(openedChannel);
  const name = channel?.name ?? channelName(channelId);
  const parent = channel && isThread(channel) ? channelName(channel.parentId ?? '') : undefined;
  const toggle = (/** @type {'places' | 'panel'} */ which) => () =>
    setState({ drawer: drawer === which ? null : which });
  return html`<header class="channel-head">
    <button
      type="button"
      class="icon narrow-only"
      aria-label="Servers and channels"
      aria-expanded=${drawer === 'places'}
      onClick=${toggle('places')}
    >
      <span aria-hidden="true">☰</span>
    </button>
    <h1>
      ${parent !== undefined && html`<button type="button" class="crumb" title="Back to the channel" onClick=${() => openChannel(channel?.parentId ?? '')}>#${parent}</button> <span class="hash" aria-hidden="true">›</span>`}
      <span class="hash" aria-hidden="true">${parent === undefined ? '#' : '↳ '}</span>${name ?? '…'}
      <small>${guild?.name ?? ''}</small>
    </h1>
    ${served && html`<p class="served" role="status"><span class="wide-only">Served by </span>${served.shardId === null ? 'no shard' : `shard ${served.shardId}`}${served.ms === null ? '' : ` in ${Math.round(served.ms)} ms`}</p>`}
    <button
      type="button"
      class="icon"
      aria-label=${`Colours: ${theme}. Change them`}
      title=${`Colours: ${theme}`}
      onClick=${() => nextTheme(theme)}
    >
      <span aria-hidden="true">${themeMarks[theme] ?? '◐'}</span>
    </button>
    <button
      type="button"
      class="icon panel-toggle"
      aria-label="Shards, events and faults"
      aria-expanded=${drawer === 'panel'}
      onClick=${toggle('panel')}
    >
      <span aria-hidden="true">▤</span>
    </button>
  </header>`;
}
