import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { read, send } from '../core/api.js';
import { telling } from '../core/notice.js';
import { useStore } from '../core/store.js';

/** @import { ScenarioSight } from '../../../control/scenarios.ts' */

/** @typedef {{ name: string, title: string, description: string, speed: number, totalMs: number }} Offer */

const refreshMs = 1_000;

/** What simulated members do of their own accord: what can be started, and what runs with its figures. */
export function Scenarios() {
  const [offers, setOffers] = useState(/** @type {readonly Offer[]} */ ([]));
  const [runs, reload] = useRuns();
  const [here, setHere] = useState(false);
  const guild = useStore((state) => state.guild);
  useEffect(() => void telling(async () => setOffers(await read('/scenarios'))), []);
  const start = (/** @type {string} */ name) =>
    telling(async () => {
      await send('/scenarios/start', { name, ...(here && guild && { guild_ids: [guild.id] }) });
      await reload();
    });
  const stop = (/** @type {number} */ id) =>
    telling(async () => {
      await send('/scenarios/stop', { id });
      await reload();
    });
  return html`<section class="tools" aria-label="Scenarios">
    <label class="choice">
      <input type="checkbox" role="switch" checked=${here} onChange=${() => setHere(!here)} />
      <span>Only in ${guild?.name ?? 'this server'}<small>else where the scenario says</small></span>
    </label>
    ${offers.map(
      ({ name, title, description, speed, totalMs }) =>
        html`<div key=${name} class="scenario">
          <span>${title}<small>${description} Takes ${lasting(totalMs / speed)}.</small></span>
          <button
            type="button"
            class="button secondary"
            aria-label=${`Start: ${title}`}
            onClick=${() => start(name)}
          >
            Start
          </button>
        </div>`,
    )}
    <h3>Running and over</h3>
    ${runs.length === 0 && html`<p>None yet.</p>`}
    ${runs.toReversed().map((run) => html`<${Run} key=${run.id} run=${run} onStop=${stop} />`)}
  </section>`;
}

/** @param {{ run: ScenarioSight, onStop: (id: number) => unknown }} props */
function Run({ run, onStop }) {
  const { id, title, state, error, elapsedMs, totalMs, figures } = run;
  const done = Object.entries(figures).filter(([, { due }]) => due > 0);
  return html`<article class="scenario-run" aria-label=${title}>
    <div class="scenario">
      <span>${title} <small>${state}${error === null ? '' : `: ${error}`}</small></span>
      ${
        state === 'running' &&
        html`<button
          type="button"
          class="button secondary"
          aria-label=${`Stop: ${title}`}
          onClick=${() => onStop(id)}
        >
          Stop
        </button>`
      }
    </div>
    <progress max=${totalMs} value=${elapsedMs} aria-label="How far it is"></progress>
    <ul>
      ${done.map(([kind, { sent, refused, failed, late }]) => {
        const wrong = [
          refused > 0 && `${refused} refused`,
          failed > 0 && `${failed} not answered`,
          late > 0 && `${late} late`,
        ].filter(Boolean);
        return html`<li key=${kind}>
          ${kind}: ${sent}${wrong.length > 0 && html`<small> ${wrong.join(', ')}</small>`}
        </li>`;
      })}
    </ul>
  </article>`;
}

/** Read again and again while one runs. @returns {[readonly ScenarioSight[], () => Promise<void>]} */
function useRuns() {
  const [runs, setRuns] = useState(/** @type {readonly ScenarioSight[]} */ ([]));
  const reload = async () => setRuns(await read('/scenarios/running'));
  const isAny = runs.some(({ state }) => state === 'running');
  useEffect(() => {
    void telling(reload);
    if (!isAny) return undefined;
    const timer = setInterval(() => void telling(reload), refreshMs);
    return () => clearInterval(timer);
  }, [isAny]);
  return [runs, reload];
}

/** @param {number} ms */
function lasting(ms) {
  const minutes = ms / 60_000;
  return minutes < 2 ? `${Math.round(ms / 1_000)} s` : `${Math.round(minutes)} min`;
}
