import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { useStore } from '../core/store.js';
import { EventLog } from './event-log.js';
import { Faults } from './faults.js';
import { People } from './people.js';
import { Scenarios } from './scenarios.js';
import { Shards } from './shards.js';

/** @type {readonly { id: string, label: string, view: () => unknown }[]} */
const tabs = [
  { id: 'events', label: 'Events', view: () => html`<${EventLog} />` },
  { id: 'people', label: 'People', view: () => html`<${People} />` },
  { id: 'scenarios', label: 'Scenarios', view: () => html`<${Scenarios} />` },
  { id: 'faults', label: 'Faults', view: () => html`<${Faults} />` },
];

/** What the sandbox does: its shards, and one of four views. */
export function Panel() {
  const [open, setOpen] = useState(0);
  const isLive = useStore((state) => state.live);
  const onKeyDown = (/** @type {KeyboardEvent & { currentTarget: HTMLElement }} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = (open + step + tabs.length) % tabs.length;
    setOpen(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return html`<aside class="panel" aria-label="Shards, events and faults">
    <${Shards} />
    <div class="tabs" role="tablist" aria-label="Sandbox" onKeyDown=${onKeyDown}>
      ${tabs.map(({ id, label }, at) => html`<button key=${id} id=${`tab-${id}`} type="button" role="tab" aria-selected=${at === open} aria-controls="tab-view" tabindex=${at === open ? 0 : -1} onClick=${() => setOpen(at)}>${label}</button>`)}
      <span class=${isLive ? 'live on' : 'live'} role="status">${isLive ? 'live' : 'connecting…'}</span>
    </div>
    <div id="tab-view" class="tab-view" role="tabpanel" aria-labelledby=${`tab-${tabs[open]?.id}`}>
      ${tabs[open]?.view()}
    </div>
  </aside>`;
}
