import { MessageFlags, type APIMessage, type APIUser, type MessageType } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { SnowflakeClock } from '../snowflake.ts';
import { shownComponents } from './component-form.ts';
import { shownEmbeds } from './embed-form.ts';
import type { MessageForm } from './message-form.ts';

/** What a message is about, other than its text: where it stands, who wrote it and in answer to what. */
export type MessageOrigin = {
  readonly id: string;
  readonly channelId: string;
  /** Of a message that answers an interaction; one that a bot or a member posts has none. */
  readonly applicationId?: string;
  readonly author: APIUser;
  readonly type: MessageType;
  /** What of the interaction a message shows. */
  readonly interaction?: Pick<APIMessage, 'interaction' | 'interaction_metadata'>;
  /** What of the message that it replies to it shows. */
  readonly reply?: Pick<APIMessage, 'message_reference' | 'referenced_message'>;
};

/** The flags a client may set. */
const settableFlags =
  MessageFlags.Ephemeral |
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;

/** Makes a message; throws `DiscordError` 50006 when there is nothing in it. */
export function makeMessage(origin: MessageOrigin, form: MessageForm): APIMessage {
  return refuseEmpty(build(origin, form));
}

/** A deferred answer: "the bot is thinking". Nothing is in it yet. */
export function makeLoadingMessage(origin: MessageOrigin, isEphemeral: boolean): APIMessage {
  const flags = MessageFlags.Loading | (isEphemeral ? MessageFlags.Ephemeral : 0);
  return { ...build(origin, {}), flags };
}

/** The message after an edit: fields that the form leaves out stay, whether the message is ephemeral stays too. */
export function editMessage(message: APIMessage, form: MessageForm): APIMessage {
  const { content, embeds, components, flags } = form;
  const kept = message.flags ?? 0;
  const settable = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
  // Embeds may be shown again; a message that has become V2 stays so.
  const replaced = flags === undefined ? 0 : MessageFlags.SuppressEmbeds;
  return refuseEmpty({
    ...message,
    ...(content !== undefined && { content: content ?? '' }),
    ...(embeds !== undefined && { embeds: shownEmbeds(embeds ?? []) }),
    ...(components !== undefined && { components: shownComponents(components ?? []) }),
    flags: (kept & ~(MessageFlags.Loading | replaced)) | ((flags ?? 0) & settable),
    edited_timestamp: SnowflakeClock.nowIso(),
  });
}

export function isEphemeral(message: APIMessage): boolean {
  return ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

function refuseEmpty(message: APIMessage): APIMessage {
  const isEmpty =
    message.content === '' && message.embeds.length === 0 && (message.components?.length ?? 0) === 0;
  if (isEmpty) throw discordErrors.emptyMessage();
  return message;
}

function build(origin: MessageOrigin, form: MessageForm): APIMessage {
  return {
    id: origin.id,
    type: origin.type,
    channel_id: origin.channelId,
    author: origin.author,
    ...(origin.applicationId !== undefined && {
      application_id: origin.applicationId,
      webhook_id: origin.applicationId,
    }),
    content: form.content ?? '',
    embeds: shownEmbeds(form.embeds ?? []),
    components: shownComponents(form.components ?? []),
    flags: (form.flags ?? 0) & settableFlags,
    attachments: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: SnowflakeClock.nowIso(),
    edited_timestamp: null,
    ...origin.interaction,
    ...origin.reply,
  };
}
