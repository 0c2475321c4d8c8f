import { html } from 'htm/preact';
import { dismissPending } from '../core/interactions.js';
import { memberName } from '../core/names.js';
import { getState, useStore } from '../core/store.js';

/** @import { Pending } from '../core/store.js' */

/** What this member did and what has no message yet, or never will have. */
export function PendingList() {
  const channelId = useStore((state) => state.channelId);
  const userId = useStore((state) => state.userId);
  const pending = useStore((state) => state.pending);
  useStore((state) => state.messages);
  const own = pending.filter(
    (each) => each.channelId === channelId && each.userId === userId && !hasMessage(each),
  );
  return own.map((each) => html`<${PendingRow} key=${each.key} pending=${each} />`);
}

/** @param {{ pending: Pending }} props */
function PendingRow({ pending }) {
  const { label, userId, state, problem, key } = pending;
  return html`<div class="pending" role="group" aria-label=${label}>
    <p class="origin"><strong>${memberName(userId)}</strong> used <span class="mention">${label}</span></p>
    ${
      state === 'waiting'
        ? html`<p class="thinking"><span class="dots" aria-hidden="true"></span> Sending…</p>`
        : html`<p class="problem">
            <span aria-hidden="true">⚠</span> ${problem}
            <button type="button" class="quiet" onClick=${() => dismissPending(key)}>Dismiss</button>
          </p>`
    }
  </div>`;
}

/** A deferred answer is in the channel before its call is settled. @param {Pending} pending */
function hasMessage({ userId, at, state }) {
  const isOf = (
    /** @type {import('discord-api-types/v10').APIMessage} */ { interaction_metadata, timestamp },
  ) => interaction_metadata?.user.id === userId && Date.parse(timestamp) >= at;
  return state === 'waiting' && getState().messages.some(isOf);
}
