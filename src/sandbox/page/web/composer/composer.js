import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
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
  useEffect(() => setEntry(null), [userId, channelId]);
  const leave = () => {
    setEntry(null);
    requestAnimationFrame(() => document.getElementById('composer')?.focus());
  };
  return html`<section class="composer" aria-label="Write">
    ${
      replyTo &&
      html`<p class="replying">
        Replying to <strong>${displayName(replyTo.author)}</strong>
        <button type="button" class="quiet" onClick=${() => setState({ replyTo: null })}>Cancel</button>
      </p>`
    }
    ${entry ? html`<${CommandForm} key=${entry.words} entry=${entry} onLeave=${leave} />` : html`<${ChatBox} onCommand=${setEntry} />`}
  </section>`;
}
