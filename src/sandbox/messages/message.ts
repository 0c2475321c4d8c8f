import { MessageFlags, type APIMessage, type MessageType } from 'discord-api-types/v10';
import type { Cdn, UploadedFile } from '../cdn/cdn.ts';
import { discordErrors, invalidForm } from '../forms/discord-error.ts';
import { SnowflakeClock } from '../snowflake.ts';
import type { WorldMember } from '../world/member.ts';
import type { Place } from '../world/world.ts';
import { shownEmbeds } from './embed-form.ts';
import { mentioningText, mentionsOf } from './mentions.ts';
import { attachmentsOf } from './message-attachments.ts';
import { generationProblems, type MessageEditForm, type MessageForm } from './message-form.ts';
import { embedMedia, mediaOf } from './message-media.ts';
import { shownComponents } from './shown-components.ts';

/** What a message is about, other than its text: where it stands, who wrote it and in answer to what. */
export type MessageOrigin = {
  readonly place: Place;
  /** Of a message that answers an interaction; one that a bot or a member posts has none. */
  readonly applicationId?: string;
  readonly author: WorldMember;
  /** Of a forum's first message, which is the post's own; others get one. */
  readonly id?: string | undefined;
  readonly type: MessageType;
  /** What of the interaction a message shows. */
  readonly interaction?: Pick<APIMessage, 'interaction' | 'interaction_metadata'>;
  /** What of the message that it replies to it shows. */
  readonly reply?: Pick<APIMessage, 'message_reference' | 'referenced_message'> | undefined;
};

const { Ephemeral, Loading, SuppressEmbeds, SuppressNotifications, IsComponentsV2 } = MessageFlags;

/** The flags a client may set. */
const settableFlags = SuppressEmbeds | SuppressNotifications | IsComponentsV2;

/** Makes messages of what clients send, and keeps their files. */
export class MessageMaker {
  readonly #cdn: Cdn;
  readonly #ids: SnowflakeClock;

  constructor(cdn: Cdn, ids: SnowflakeClock) {
    this.#cdn = cdn;
    this.#ids = ids;
  }

  /** Throws Discord's error when there is nothing in it, or when it speaks of files that were not sent. */
  make(origin: MessageOrigin, form: MessageForm, uploads: readonly UploadedFile[] = []): APIMessage {
    const { place, applicationId } = origin;
    // Only the answer to an interaction can be for one member's eyes.
    const flags = (form.flags ?? 0) & (settableFlags | (applicationId === undefined ? 0 : Ephemeral));
    if (!form.content?.trim() && !form.embeds?.length && !form.components?.length && uploads.length === 0) {
      throw discordErrors.emptyMessage();
    }
    const sent = { channelId: place.channel.id, isEphemeral: (flags & Ephemeral) !== 0, uploads };
    const all = attachmentsOf(this.#cdn, { ...sent, listed: form.attachments, present: [] });
    const embeds = (flags & SuppressEmbeds) === 0 ? shownEmbeds(form.embeds ?? []) : [];
    const replied = origin.reply?.referenced_message?.author.id;
    return {
      ...this.#empty(origin, flags),
      content: form.content ?? '',
      components: shownComponents(form.components ?? [], mediaOf(all, this.#ids)),
      ...embedMedia(embeds, all),
      ...mentionsOf(mentioningText(form), place, origin.author, form.allowed_mentions, replied),
      tts: form.tts ?? false,
    };
  }

  /** A deferred answer: "the bot is thinking". Nothing is in it yet. */
  loading(origin: MessageOrigin, isEphemeral: boolean): APIMessage {
    return this.#empty(origin, Loading | (isEphemeral ? Ephemeral : 0));
  }

  /**
   * The message after an edit: fields that the form leaves out stay, whether the message is ephemeral stays too.
   * Throws Discord's error for what the message cannot become; `at` is where the edit stands in the body.
   */
  edit(
    message: APIMessage,
    origin: Pick<MessageOrigin, 'place' | 'author'>,
    form: MessageEditForm,
    uploads: readonly UploadedFile[] = [],
    at: readonly string[] = [],
  ): APIMessage {
    const kept = message.flags ?? 0;
    // Embeds may be shown again; a message that has become V2 stays so.
    const replaced = form.flags === undefined ? 0 : SuppressEmbeds;
    const flags = (kept & ~(Loading | replaced)) | ((form.flags ?? 0) & (SuppressEmbeds | IsComponentsV2));
    const sent = { channelId: message.channel_id, isEphemeral: isEphemeral(message), uploads };
    const all = attachmentsOf(
      this.#cdn,
      { ...sent, listed: form.attachments, present: message.attachments },
      at,
    );
    const given = form.embeds === undefined ? message.embeds : shownEmbeds(form.embeds ?? []);
    const edited: APIMessage = {
      ...message,
      ...(form.content !== undefined && { content: form.content ?? '' }),
      ...(form.components !== undefined && {
        components: shownComponents(form.components ?? [], mediaOf(all, this.#ids)),
      }),
      ...embedMedia((flags & SuppressEmbeds) === 0 ? given : [], all),
      ...(changesText(form) &&
        mentionsOf(mentioningText(form), origin.place, origin.author, form.allowed_mentions)),
      flags,
      edited_timestamp: SnowflakeClock.nowIso(),
    };
    checkEdited(edited, at);
    return edited;
  }

  #empty(origin: MessageOrigin, flags: number): APIMessage {
    const { place, author, type, applicationId, interaction, reply } = origin;
    return {
      id: origin.id ?? this.#ids.next(),
      type,
      channel_id: place.channel.id,
      author: author.user,
      ...(applicationId !== undefined && { application_id: applicationId, webhook_id: applicationId }),
      content: '',
      embeds: [],
      components: [],
      flags,
      attachments: [],
      mentions: [],
      mention_roles: [],
      mention_everyone: false,
      pinned: false,
      tts: false,
      timestamp: SnowflakeClock.nowIso(),
      edited_timestamp: null,
      ...interaction,
      ...reply,
    };
  }
}

export function isEphemeral(message: APIMessage): boolean {
  return ((message.flags ?? 0) & Ephemeral) !== 0;
}

function changesText({ content, components }: MessageEditForm): boolean {
  return content !== undefined || components !== undefined;
}

function checkEdited(message: APIMessage, at: readonly string[]): void {
  const { content, embeds, components, attachments, flags } = message;
  const problems = generationProblems(message, ((flags ?? 0) & IsComponentsV2) !== 0);
  if (problems.length > 0) {
    throw invalidForm(problems.map((problem) => ({ ...problem, path: [...at, ...problem.path] })));
  }
  const hidesEmbeds = ((flags ?? 0) & SuppressEmbeds) !== 0;
  const isEmpty =
    content.trim() === '' && [embeds, components ?? [], attachments].every(({ length }) => length === 0);
  if (isEmpty && !hidesEmbeds) throw discordErrors.emptyMessage();
}
