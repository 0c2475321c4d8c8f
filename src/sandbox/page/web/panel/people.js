import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { telling } from '../core/notice.js';
import { letSomebodyChat, letSomebodyUseCommand } from './activity.js';

/** One of them does something about this often, in ms. */
const paceMs = 2_500;

/** Members' activity on demand. */
export function People() {
  const [isLively, setLively] = useState(false);
  useEffect(() => {
    if (!isLively) return undefined;
    const timer = setInterval(
      () => void telling(Math.random() < 0.7 ? letSomebodyChat : letSomebodyUseCommand),
      paceMs,
    );
    return () => clearInterval(timer);
  }, [isLively]);
  return html`<section class="tools" aria-label="People">
    <p class="muted">
      Other members of this server act in the open channel. They know what the bot registered, and nothing
      else of it.
    </p>
    <button type="button" class="button secondary" onClick=${() => telling(letSomebodyChat)}>
      Let a member chat
    </button>
    <button type="button" class="button secondary" onClick=${() => telling(letSomebodyUseCommand)}>
      Let a member use a command
    </button>
    <label class="choice"
      ><input
        type="checkbox"
        role="switch"
        checked=${isLively}
        onChange=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ event) => setLively(event.currentTarget.checked)}
      />
      <span
        >Keep the channel lively
        <small>one of them every ${paceMs / 1_000} s, while this view is open</small></span
      ></label
    >
  </section>`;
}
