import type { APIMessage } from 'discord-api-types/v10';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { file } from './interactions.ts';
import { discordObject, id, nothing } from './shapes.ts';

const message = discordObject<APIMessage>();

const postChatForm = z.strictObject({
  channel_id: id,
  user_id: id,
  content: z
    .string()
    .default('')
    .describe(
      'Up to 2,000 characters, as Discord’s client sends without a subscription; empty only beside files',
    ),
  files: z.array(file).max(10).default([]),
  reply_to: id.optional().describe('The message that it replies to'),
});

const reactForm = z.strictObject({
  channel_id: id,
  message_id: id,
  user_id: id,
  emoji: z.string().min(1).max(64).describe('Of Unicode'),
  remove: z.boolean().default(false).describe('Takes the member’s reaction back'),
});

const ownMessage = { channel_id: id, message_id: id, user_id: id };
const editChatForm = z.strictObject({ ...ownMessage, content: z.string() });
const deleteChatForm = z.strictObject(ownMessage);

export type EditChatForm = z.output<typeof editChatForm>;
export type DeleteChatForm = z.output<typeof deleteChatForm>;
export type PostChatForm = z.output<typeof postChatForm>;
export type ReactForm = z.output<typeof reactForm>;

export const readChannel = endpoint({
  method: 'GET',
  path: '/channels/{channel_id}/messages',
  summary:
    'A channel as a member’s client shows it, the newest message first; `me` of reactions is the member',
  input: z.strictObject({
    channel_id: id,
    user_id: id,
    limit: z.coerce.number<number | string>().int().min(1).max(100).default(50),
    before: id.optional(),
  }),
  answer: z.array(message).readonly(),
});

export const postChat = endpoint({
  method: 'POST',
  path: '/messages',
  summary: 'A member chats; the bot gets MESSAGE_CREATE',
  input: postChatForm,
  answer: message,
});

export const editChat = endpoint({
  method: 'POST',
  path: '/messages/edit',
  summary: 'A member changes the text of a message of their own',
  input: editChatForm,
  answer: message,
});

export const deleteChat = endpoint({
  method: 'POST',
  path: '/messages/delete',
  summary: 'A member deletes a message of their own, or, who may manage messages, anybody’s',
  input: deleteChatForm,
  answer: nothing,
});

export const react = endpoint({
  method: 'POST',
  path: '/reactions',
  summary: 'A member reacts to a message, or takes it back',
  input: reactForm,
  answer: nothing,
});
