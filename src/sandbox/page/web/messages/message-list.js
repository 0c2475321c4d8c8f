import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { telling } from '../core/notice.js';
import { showOlder } from '../core/places.js';
import { useStore } from '../core/store.js';
import { isEphemeral } from './flags.js';
import { Message } from './message.js';
import { PendingList } from './pending.js';

/** @import { APIMessage } from 'discord-api-types/v10' */

/** Messages of one author within this time stand under one name, as in Discord's client. */
const groupMs = 7 * 60_000;

/** How near to its end, in pixels, a list follows what comes. */
const followWithin = 120;

export function MessageList() {
  const messages = useStore((state) => state.messages);
  const dismissed = useStore((state) => state.dismissed);
  const hasOlder = useStore((state) => state.hasOlder);
  const channelId = useStore((state) => state.channelId);
  const channel = useStore(({ guild }) => guild?.channels.find(({ id }) => id === channelId)?.name);
  const pending = useStore((state) => state.pending);
  const box = useFollowing(channelId, [messages, pending]);
  const shown = messages.filter(({ id }) => !dismissed.has(id));
  return html`<div
    class="messages"
    ref=${box}
    tabindex="0"
    role="log"
    aria-live="polite"
    aria-label=${`Messages in #${channel ?? ''}`}
  >
    ${hasOlder && html`<button type="button" class="button secondary older" onClick=${() => telling(showOlder)}>Show older messages</button>`}
    ${!hasOlder && html`<${Beginning} channel=${channel ?? ''} isEmpty=${shown.length === 0} />`}
    ${shown.map((message, at) => html`<${Message} key=${message.id} message=${message} continues=${continues(shown[at - 1], message)} />`)}
    <${PendingList} />
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

/** Keeps the end in sight, unless somebody scrolled up to read. @param {string} channelId @param {readonly unknown[]} changes */
function useFollowing(channelId, changes) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const isAtEnd = useRef(true);
  const toEnd = () => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const onScroll = () => {
      isAtEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < followWithin;
    };
    const observer = new ResizeObserver(toEnd);
    observer.observe(current);
    current.addEventListener('scroll', onScroll);
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', onScroll);
    };
  }, []);
  useLayoutEffect(() => {
    isAtEnd.current = true;
    toEnd();
  }, [channelId]);
  useLayoutEffect(toEnd, changes);
  return box;
}
