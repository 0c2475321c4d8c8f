import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { useStore } from '../core/store.js';
import { summaryOf } from './event-summary.js';

/** @import { FeedEvent, FeedKind } from '../../../control/feed.ts' */

/** @type {readonly FeedKind[]} */
const kinds = ['dispatch', 'interaction', 'rest', 'session', 'fault'];

/** So many rows are drawn; the newest come first. */
const shownRows = 120;

export function EventLog() {
  const log = useStore((state) => state.log);
  const [frozen, setFrozen] = useState(/** @type {readonly FeedEvent[] | null} */ (null));
  const [filter, setFilter] = useState('');
  const [hidden, setHidden] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const toggle = (/** @type {FeedKind} */ kind) =>
    setHidden(new Set(hidden.has(kind) ? [...hidden].filter((each) => each !== kind) : [...hidden, kind]));
  const rows = (frozen ?? log)
    .filter((event) => !hidden.has(event.kind) && matches(event, filter))
    .slice(-shownRows)
    .toReversed();
  return html`<section aria-label="Live events">
    <div class="log-tools">
      <input
        type="search"
        aria-label="Filter events"
        placeholder="Filter…"
        value=${filter}
        onInput=${(/** @type {InputEvent & { currentTarget: HTMLInputElement }} */ event) => setFilter(event.currentTarget.value)}
      />
      <button
        type="button"
        class="button secondary"
        aria-pressed=${frozen !== null}
        onClick=${() => setFrozen(frozen ? null : log)}
      >
        ${frozen ? 'Go on' : 'Pause'}
      </button>
    </div>
    <div class="log-kinds" role="group" aria-label="Kinds of events">
      ${kinds.map((kind) => html`<button key=${kind} type="button" class=${`kind kind-${kind}`} aria-pressed=${!hidden.has(kind)} onClick=${() => toggle(kind)}>${kind}</button>`)}
    </div>
    <ol class="log" tabindex="0" aria-label="Events, the newest first">
      ${rows.map((event) => html`<li key=${event.id}><time>${timeText(event.at)}</time> <span class=${`kind-text kind-${event.kind}`}>${event.kind}</span> <span class="log-text">${summaryOf(event)}</span></li>`)}
    </ol>
    ${rows.length === 0 && html`<p class="muted">Nothing yet${filter || hidden.size > 0 ? ' that the filter lets through' : ''}.</p>`}
  </section>`;
}

/** @param {FeedEvent} event @param {string} filter */
function matches(event, filter) {
  return filter === '' || `${event.kind} ${summaryOf(event)}`.toLowerCase().includes(filter.toLowerCase());
}

/** @param {number} at */
function timeText(at) {
  return new Date(at).toISOString().slice(11, 23);
}
