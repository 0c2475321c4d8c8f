import { html } from 'htm/preact';
import { displayName } from '../core/names.js';
import { inline } from './markdown.js';

/** @import { APIMessage, APIMessageInteractionMetadata } from 'discord-api-types/v10' */
/** @import { Node } from './markdown.js' */

/** resources/message.mdx, Message Types; receiving-and-responding.mdx, Interaction Type. */
const replyType = 19;
const chatInputAnswer = 20;
const applicationCommand = 2;

/** What a message answers: a command, or another message. @param {{ message: APIMessage }} props */
export function Reply({ message }) {
  const { referenced_message: to, interaction_metadata: asked } = message;
  if (to) {
    return html`<p class="origin">
      <span aria-hidden="true">╭</span> <strong>${displayName(to.author)}</strong>
      <span class="excerpt">${excerpt(to)}</span>
    </p>`;
  }
  if (message.message_reference && to === null) {
    return html`<p class="origin">
      <span aria-hidden="true">╭</span> <em>Original message was deleted</em>
    </p>`;
  }
  if (!asked || isType(message, replyType)) return null;
  return html`<p class="origin">
    <span aria-hidden="true">╭</span> <strong>${displayName(asked.user)}</strong> used
    <span class="mention">${usedName(message, asked)}</span>
  </p>`;
}

/** @param {APIMessage} message */
function excerpt({ content, embeds, attachments }) {
  if (content !== '')
    return inline(content.split('\n')[0] ?? '')
      .map(plain)
      .join('');
  if (attachments.length > 0) return 'Attachment';
  return embeds[0]?.title ?? 'Message';
}

/** @param {Node} node @returns {string} */
function plain({ text, children = [], kind }) {
  if (kind === 'spoiler') return '▇▇▇';
  return text ?? children.map(plain).join('');
}

/** The older form of the metadata, which Discord still sends, has the name. @param {APIMessage} message @param {APIMessageInteractionMetadata} asked */
function usedName({ interaction, type }, asked) {
  const name = interaction?.name ?? 'a component';
  return isType(asked, applicationCommand) && isType({ type }, chatInputAnswer) ? `/${name}` : name;
}

/** @param {{ type: number }} thing @param {number} wanted */
function isType({ type }, wanted) {
  return type === wanted;
}
