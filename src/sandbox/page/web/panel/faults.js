import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { send } from '../core/api.js';
import { tell, telling } from '../core/notice.js';

/** Each happens once, to every connection. */
const shocks = [
  {
    label: 'Drop every connection',
    detail: 'without a close frame; shards resume',
    path: '/drop-connections',
    body: {},
  },
  { label: 'Ask to reconnect', detail: 'op 7; shards resume', path: '/reconnect', body: {} },
  {
    label: 'Invalidate, resumable',
    detail: 'op 9, d: true',
    path: '/invalidate-sessions',
    body: { resumable: true },
  },
  {
    label: 'Invalidate for good',
    detail: 'op 9, d: false; shards identify afresh',
    path: '/invalidate-sessions',
    body: { resumable: false },
  },
];

/** The fault switches. */
export function Faults() {
  return html`<section class="tools" aria-label="Faults">
    ${shocks.map(({ label, detail, path, body }) => html`<button key=${label} type="button" class="button secondary shock" onClick=${() => telling(() => shock(label, path, body))}>${label}<small>${detail}</small></button>`)}
    <${RestDelay} />
  </section>`;
}

/** @param {string} label @param {string} path @param {object} body */
async function shock(label, path, body) {
  const answer = await send(path, body);
  tell(`${label}: ${Object.values(/** @type {Record<string, unknown>} */ (answer)).join()} connections`);
}

function RestDelay() {
  const [ms, setMs] = useState(0);
  const onInput = (/** @type {InputEvent & { currentTarget: HTMLInputElement }} */ event) => {
    const wanted = Number(event.currentTarget.value);
    setMs(wanted);
    void telling(() => send('/delay-rest', { ms: wanted }));
  };
  return html`<label class="slider"
    >Every REST request waits <output>${ms} ms</output>
    <input type="range" min="0" max="5000" step="100" value=${ms} onInput=${onInput} />
  </label>`;
}
