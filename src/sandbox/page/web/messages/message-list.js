import { html } from 'htm/preact';
import { channelName } from '../core/names.js';
import { telling } from '../core/notice.js';
import { showOlder } from '../core/places.js';
import { useStore } from '../core/store.js';
import { isEphemeral } from './flags.js';
import { JumpToEnd, keepingPlace, useFollowing } from './following.js';
import { Message } from './message.js';
import { PendingList } from './pending.js';

/** @import { APIMessage } from 'discord-api-types/v10' */

/** Messages of one author within this time stand under one name, as in Discord's client. */
const groupMs = 7 * 60_000;

export function MessageList() {
  const messages = useStore((state) => state.messages);
  const dismissed = useStore((state) => state.dismissed);
  const hasOlder = useStore((state) => state.hasOlder);
  const channelId = useStore((state) => state.channelId);
  const channel = useStore((state) => channelName(state.channelId)) ?? '';
  const newFrom = useStore((state) => state.newFrom);
  const pending = useStore((state) => state.pending);
  const { box, toEnd } = useFollowing(channelId, [messages, pending]);
  const shown = messages.filter(({ id }) => !dismissed.has(id));
  const rows = shown.map((message, at) => {
    const isNew = message.id === newFrom;
    const row = html`<${Message}
      key=${message.id}
      message=${message}
      continues=${!isNew && continues(shown[at - 1], message)}
    />`;
    return isNew ? [html`<${NewLine} key="new" />`, row] : row;
  });
  return html`<div class="messages-frame">
    <div
      class="messages"
      ref=${box}
      tabindex="0"
      role="log"
      aria-live="polite"
      aria-label=${`Messages in #${channel}`}
    >
      ${hasOlder && html`<button type="button" class="button secondary older" onClick=${() => telling(() => keepingPlace(box.current, showOlder))}>Show older messages</button>`}
      ${!hasOlder && html`<${Beginning} channel=${channel} isEmpty=${shown.length === 0} />`} ${rows}
      <${PendingList} />
    </div>
    <${JumpToEnd} onJump=${toEnd} />
  </div>`;
}

function NewLine() {
  return html`<div class="new-line" role="separator" aria-label="New messages">
    <span aria-hidden="true">new</span>
  </div>`;
}

/** @param {{ channel: string, isEmpty: boolean }} props */
function Beginning({ channel, isEmpty }) {
  return html`<div class="beginning">
    <h2>#${channel}</h2>
    <p>This is where the channel begins.</p>
    ${isEmpty && html`<p>Say something, or type <kbd>/</kbd> below to see what the bot can do.</p>`}
  </div>`;
}

/** @param {APIMessage | undefined} before @param {APIMessage} message */
function continues(before, message) {
  if (!before || before.author.id !== message.author.id) return false;
  if (
    message.referenced_message ||
    message.interaction_metadata ||
    isEphemeral(message) ||
    isEphemeral(before)
  )
    return false;
  return Date.parse(message.timestamp) - Date.parse(before.timestamp) < groupMs;
}
