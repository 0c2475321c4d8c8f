import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { read, send } from '../core/api.js';
import { tell, telling } from '../core/notice.js';
import { useStore } from '../core/store.js';
import { shocks, switches } from './fault-presets.js';

/** @import { FaultSight } from '../../../control/faults.ts' */
/** @import { Preset } from './fault-presets.js' */

/** How long a switched fault lasts. */
const durations = [
  { label: 'until switched off', ms: 0 },
  { label: 'for 10 s', ms: 10_000 },
  { label: 'for 60 s', ms: 60_000 },
];

/** The fault switches, and on whom they work. */
export function Faults() {
  const [active, reload] = useActiveFaults();
  const [shard, setShard] = useState('');
  const [forMs, setForMs] = useState(0);
  const sessions = useStore((state) => state.sessions?.sessions ?? []);
  const shardIds = [...new Set(sessions.map(({ shardId }) => shardId))].toSorted((one, other) => one - other);
  const scoped = (/** @type {Preset} */ { fault, byShard }) => ({
    ...fault,
    ...(byShard && shard !== '' && { shard_ids: [Number(shard)] }),
  });
  const strike = (/** @type {Preset} */ preset) =>
    telling(async () => {
      const { affected } = await send('/faults', scoped(preset));
      tell(`${preset.label}: ${affected} ${affected === 1 ? 'connection' : 'connections'}`);
    });
  const toggle = (/** @type {Preset} */ preset, /** @type {FaultSight | undefined} */ on) =>
    telling(async () => {
      if (on) await send(`/faults/${on.id}`, {}, 'DELETE');
      else await send('/faults', { ...scoped(preset), ...(forMs > 0 && { for_ms: forMs }) });
      await reload();
    });
  return html`<section class="tools" aria-label="Faults">
    <div class="fault-scope">
      <label
        >On
        <select
          onChange=${(/** @type {Event & { currentTarget: HTMLSelectElement }} */ event) => setShard(event.currentTarget.value)}
        >
          <option value="">all shards</option>
          ${shardIds.map((id) => html`<option key=${id} value=${id}>shard ${id}</option>`)}
        </select></label
      >
      <label
        >Lasting
        <select
          onChange=${(/** @type {Event & { currentTarget: HTMLSelectElement }} */ event) => setForMs(Number(event.currentTarget.value))}
        >
          ${durations.map(({ label, ms }) => html`<option key=${ms} value=${ms}>${label}</option>`)}
        </select></label
      >
    </div>
    <h3>Once, now</h3>
    <div class="shocks">
      ${shocks.map((preset) => html`<button key=${preset.label} type="button" class="button secondary shock" title=${preset.detail} onClick=${() => strike(preset)}>${preset.label}</button>`)}
    </div>
    <h3>Switches</h3>
    ${switches.map((preset) => html`<${Switch} key=${preset.label} preset=${preset} on=${active.find((each) => isOf(preset, each))} onToggle=${toggle} />`)}
    <button
      type="button"
      class="button secondary"
      disabled=${active.length === 0}
      onClick=${() =>
        telling(async () => {
          await send('/faults', {}, 'DELETE');
          await reload();
        })}
    >
      Switch all off (${active.length} on)
    </button>
  </section>`;
}

/** @param {{ preset: Preset, on: FaultSight | undefined, onToggle: (preset: Preset, on: FaultSight | undefined) => unknown }} props */
function Switch({ preset, on, onToggle }) {
  return html`<label class=${on ? 'choice fault-on' : 'choice'}>
    <input type="checkbox" role="switch" checked=${on !== undefined} onChange=${() => onToggle(preset, on)} />
    <span
      >${preset.label}${on && html` <strong>· on</strong>, struck ${on.struck} times`}<small
        >${preset.detail}</small
      ></span
    >
  </label>`;
}

/** @param {Preset} preset @param {FaultSight} sight */
function isOf({ fault }, { settings }) {
  const same = (/** @type {string} */ name) => Reflect.get(settings, name) === Reflect.get(fault, name);
  return ['kind', 'every_ms', 'mode'].every(same);
}

/** Those that are on, read again whenever the feed tells of one. @returns {[readonly FaultSight[], () => Promise<void>]} */
function useActiveFaults() {
  const [active, setActive] = useState(/** @type {readonly FaultSight[]} */ ([]));
  const changes = useStore(({ log }) => log.findLast(({ kind }) => kind === 'fault')?.id);
  const reload = async () => setActive(await read('/faults'));
  useEffect(() => void telling(reload), [changes]);
  return [active, reload];
}
