import { html } from 'htm/preact';
import { openedChannel } from '../core/channels.js';
import { toggleReaction, useCommand } from '../core/interactions.js';
import { showMenu } from '../core/menu.js';
import { displayName } from '../core/names.js';
import { mayWrite } from '../core/places.js';
import { deleteMessage } from '../core/talk.js';
import { getState, setState } from '../core/store.js';
import { isEphemeral } from './flags.js';

/** @import { APIMessage } from 'discord-api-types/v10' */
/** @import { MenuItem } from '../core/menu.js' */

const quickEmojis = ['👍', '❤️', '😂', '🎉', '👀'];

/** application-commands.mdx, Application Command Types. */
const types = { user: 2, message: 3 };

/** The button that everybody finds; the same menu opens by a right click. @param {{ message: APIMessage }} props */
export function MessageMenu({ message }) {
  return html`<button
    type="button"
    class="more"
    aria-haspopup="menu"
    aria-label=${`Actions for the message of ${displayName(message.author)}`}
    onClick=${(/** @type {MouseEvent} */ event) => openMenu(event, message)}
  >
    <span aria-hidden="true">⋯</span>
  </button>`;
}

/** @param {MouseEvent} event @param {APIMessage} message */
export function openMenu(event, message) {
  if (event.target instanceof HTMLAnchorElement) return;
  event.preventDefault();
  const { currentTarget } = event;
  const from = currentTarget instanceof HTMLElement ? currentTarget : null;
  const button = from?.matches('.more') ? from : (from?.querySelector('.more') ?? null);
  const { left = 0, bottom = 0 } = button?.getBoundingClientRect() ?? {};
  const isByMouse = event.type === 'contextmenu' && event.clientX > 0;
  showMenu({
    title: 'Message',
    items: itemsFor(message),
    x: isByMouse ? event.clientX : left,
    y: isByMouse ? event.clientY : bottom,
    from: button instanceof HTMLElement ? button : null,
  });
}

/** @param {APIMessage} message @returns {MenuItem[]} */
function itemsFor(message) {
  const name = displayName(message.author);
  const copy = { label: 'Copy message id', act: () => navigator.clipboard.writeText(message.id) };
  if (isEphemeral(message)) return [copy];
  const react = quickEmojis.map((emoji) => ({
    label: `React with ${emoji}`,
    act: () => toggleReaction(message, emoji, hasReacted(message, emoji)),
  }));
  return [
    ...(mayWrite() ? [{ label: 'Reply', act: () => setState({ replyTo: message, editing: null }) }] : []),
    ...react,
    ...ownItems(message),
    ...commandItems(types.message, message.id, 'Apps: '),
    ...commandItems(types.user, message.author.id, `On ${name}: `),
    copy,
  ];
}

/** What this member may do with the message itself. @param {APIMessage} message @returns {MenuItem[]} */
function ownItems(message) {
  const { userId } = getState();
  const channel = openedChannel(getState());
  const isOwn = message.author.id === userId;
  return [
    ...(isOwn ? [{ label: 'Edit', act: () => setState({ editing: message, replyTo: null }) }] : []),
    ...(isOwn || channel?.mayManage ? [{ label: 'Delete', act: () => deleteMessage(message) }] : []),
    ...(channel?.mayStartThreads && !message.thread
      ? [{ label: 'Begin a thread', act: () => setState({ threadAt: message }) }]
      : []),
  ];
}

/** @param {number} type @param {string} targetId @param {string} prefix @returns {MenuItem[]} */
function commandItems(type, targetId, prefix) {
  const commands = getState().commands.filter((command) => command.type === type);
  return commands.map(({ name }) => ({
    label: `${prefix}${name}`,
    act: () => useCommand({ command: name, target_id: targetId }, name),
  }));
}

/** @param {APIMessage} message @param {string} emoji */
function hasReacted({ reactions = [] }, emoji) {
  return reactions.some((reaction) => reaction.emoji.name === emoji && reaction.me);
}
