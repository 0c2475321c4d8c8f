import { html } from 'htm/preact';
import { memo } from '../core/memo.js';
import { displayName, rememberThread } from '../core/names.js';
import { openChannel } from '../core/places.js';
import { getState, setState, useStore } from '../core/store.js';
import { clockText } from '../core/time.js';
import { Avatar } from './avatar.js';
import { Components } from './components.js';
import { Embed } from './embed.js';
import { flags, isEphemeral } from './flags.js';
import { Markdown } from './markdown-view.js';
import { Attachments } from './media.js';
import { MessageMenu, openMenu } from './message-menu.js';
import { Reactions } from './reactions.js';
import { Reply } from './reply.js';

/** @import { APIChannel, APIMessage } from 'discord-api-types/v10' */

/** One message. It is drawn again only when the channel is read and brings another. */
export const Message = memo(
  /** @param {{ message: APIMessage, continues: boolean }} props */
  ({ message, continues }) => {
    const { author, id } = message;
    const name = displayName(author);
    const look = ['message', continues ? 'continues' : '', isEphemeral(message) ? 'ephemeral' : ''].join(' ');
    return html`<article
      class=${look}
      aria-label=${`${name}, ${clockText(new Date(message.timestamp))}`}
      data-message=${id}
      onContextMenu=${(/** @type {MouseEvent} */ event) => openMenu(event, message)}
    >
      <${Reply} message=${message} />
      <div class="message-row">
        <div class="gutter">
          ${continues ? html`<time class="hover-time" aria-hidden="true">${clockText(new Date(message.timestamp))}</time>` : html`<${Avatar} id=${author.id} name=${name} />`}
        </div>
        <div class="message-body">
          ${!continues && html`<${Head} message=${message} name=${name} />`}
          <${Content} message=${message} />
        </div>
      </div>
      <${MessageMenu} message=${message} />
    </article>`;
  },
  (before, after) => before.continues === after.continues && isSame(before.message, after.message),
);

/** @param {{ message: APIMessage, name: string }} props */
function Head({ message, name }) {
  const date = new Date(message.timestamp);
  return html`<header class="message-head">
    <strong class="author">${name}</strong>
    ${message.author.bot && html`<span class="badge">BOT</span>`}
    <time datetime=${message.timestamp} title=${date.toLocaleString('en-GB')}>${clockText(date)}</time>
  </header>`;
}

/** @param {{ message: APIMessage }} props */
function Content({ message }) {
  const kept = message.flags ?? 0;
  if ((kept & flags.loading) !== 0) {
    return html`<p class="thinking">
        <span class="dots" aria-hidden="true"></span> ${displayName(message.author)} is thinking…
      </p>
      <${EphemeralMark} message=${message} />`;
  }
  const embeds = (kept & flags.suppressEmbeds) === 0 ? message.embeds : [];
  return html`
    ${message.content !== '' && html`<${Markdown} text=${message.content} />`}
    ${message.edited_timestamp && message.content !== '' && html`<small class="edited" title=${new Date(message.edited_timestamp).toLocaleString('en-GB')}>(edited)</small>`}
    <${Attachments} attachments=${message.attachments} />
    ${embeds.map((embed, at) => html`<${Embed} key=${at} embed=${embed} />`)}
    <${Components} message=${message} />
    <${Failure} messageId=${message.id} />
    <${Reactions} message=${message} />
    ${message.thread && html`<${ThreadLink} thread=${message.thread} />`}
    <${EphemeralMark} message=${message} />
  `;
}

/** @param {{ thread: APIChannel }} props */
function ThreadLink({ thread }) {
  const { id } = thread;
  const name = thread.name ?? id;
  rememberThread({ id, name });
  return html`<button type="button" class="thread" onClick=${() => openChannel(id)}>
    <span aria-hidden="true">↳</span> <strong>${name}</strong> <span class="muted">Open the thread ›</span>
  </button>`;
}

/** @param {{ messageId: string }} props */
function Failure({ messageId }) {
  const problem = useStore(({ failures }) => failures.get(messageId));
  return problem === undefined
    ? null
    : html`<p class="problem" role="alert"><span aria-hidden="true">⚠</span> ${problem}</p>`;
}

/** @param {{ message: APIMessage }} props */
function EphemeralMark({ message }) {
  if (!isEphemeral(message)) return null;
  const dismiss = () => setState({ dismissed: new Set([...getState().dismissed, message.id]) });
  return html`<p class="only-you">
    <span aria-hidden="true">◌</span> Only you can see this ·
    <button type="button" class="quiet" onClick=${dismiss}>Dismiss message</button>
  </p>`;
}

/** What can change of a message that is kept. @param {APIMessage} one @param {APIMessage} other */
function isSame(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
