import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { setState, useStore } from '../core/store.js';
import { displayName } from '../core/names.js';
import { ChatBox } from './chat-box.js';
import { CommandForm } from './command-form.js';

/** @import { Entry } from './command-entries.js' */

/** Where the visitor types: text to chat, or a command with its options. */
export function Composer() {
  const [entry, setEntry] = useState(/** @type {Entry | null} */ (null));
  const userId = useStore((state) => state.userId);
  const channelId = useStore((state) => state.channelId);
  const replyTo = useStore((state) => state.replyTo);
  const returns = useRef(false);
  const leave = (/** @type {boolean} */ returning) => {
    returns.current = returning;
    setEntry(null);
  };
  useEffect(() => leave(false), [userId, channelId]);
  return html`<section class="composer" aria-label="Write">
    ${
      replyTo &&
      html`<p class="replying">
        Replying to <strong>${displayName(replyTo.author)}</strong>
        <button type="button" class="quiet" onClick=${() => setState({ replyTo: null })}>Cancel</button>
      </p>`
    }
    ${entry ? html`<${CommandForm} key=${entry.words} entry=${entry} onLeave=${() => leave(true)} />` : html`<${ChatBox} takesFocus=${returns.current} onCommand=${setEntry} />`}
  </section>`;
}
