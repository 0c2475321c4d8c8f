import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { openedChannel } from '../core/channels.js';
import { displayName } from '../core/names.js';
import { setState, useStore } from '../core/store.js';
import { ChatBox } from './chat-box.js';
import { CommandForm } from './command-form.js';
import { Drafts } from './drafts.js';

/** @import { Entry } from './command-entries.js' */

/** Where the visitor types: text to chat, or a command with its options. */
export function Composer() {
  const [entry, setEntry] = useState(/** @type {Entry | null} */ (null));
  const userId = useStore((state) => state.userId);
  const channelId = useStore((state) => state.channelId);
  const channel = useStore(openedChannel);
  const returns = useRef(false);
  const leave = (/** @type {boolean} */ returning) => {
    returns.current = returning;
    setEntry(null);
  };
  useEffect(() => leave(false), [userId, channelId]);
  // Of a thread that is archived nothing is known: the sandbox refuses what it must.
  if (channel && !channel.mayWrite) {
    return html`<section class="composer" aria-label="Write">
      <p class="no-writing">You do not have permission to send messages in #${channel.name}.</p>
    </section>`;
  }
  return html`<section class="composer" aria-label="Write">
    <${Context} />
    <${Drafts} />
    ${entry ? html`<${CommandForm} key=${entry.words} entry=${entry} onLeave=${() => leave(true)} />` : html`<${ChatBox} takesFocus=${returns.current} mayAttach=${channel?.mayAttach ?? true} onCommand=${setEntry} />`}
  </section>`;
}

/** To which message what is typed belongs. */
function Context() {
  const replyTo = useStore((state) => state.replyTo);
  const editing = useStore((state) => state.editing);
  if (!replyTo && !editing) return null;
  return html`<p class="replying">
    ${editing ? 'Editing your message' : html`Replying to <strong>${replyTo && displayName(replyTo.author)}</strong>`}
    <button type="button" class="quiet" onClick=${() => setState({ replyTo: null, editing: null })}>
      Cancel
    </button>
  </p>`;
}
