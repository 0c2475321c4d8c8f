import {
  GatewayDispatchEvents,
  MessageReferenceType,
  MessageType,
  type APIMessage,
} from 'discord-api-types/v10';
import { discordErrors, invalidForm } from '../forms/discord-error.ts';
import { createdMsOf, type SnowflakeClock } from '../snowflake.ts';
import { memberPayload, type WorldMember } from '../world/member.ts';
import type { Place } from '../world/world.ts';
import { editMessage, makeMessage, type MessageOrigin } from './message.ts';
import type { MessageForm, PostForm } from './message-form.ts';

/** Sends an event to the sessions of the guild's shard. */
export type Dispatch = (guildId: string, event: string, data: unknown) => unknown;

/** Beyond so many a channel forgets its oldest, lest a raid fill the memory. */
const keptPerChannel = 1_000;

/** resources/message.mdx, Bulk Delete Messages */
const bulkDelete = { least: 2, most: 100, oldestMs: 14 * 86_400_000 };

export type KeptMessage = {
  message: APIMessage;
  /** Who reacted with each emoji, by user id, in order. */
  readonly reactors: Map<string, Map<string, WorldMember>>;
};

const events = GatewayDispatchEvents;

/** The messages of all channels. What changes one of them is dispatched. */
export class ChannelMessages {
  readonly #ids: SnowflakeClock;
  readonly #dispatch: Dispatch;
  /** By channel; the oldest message first. */
  readonly #channels = new Map<string, Map<string, KeptMessage>>();

  constructor(ids: SnowflakeClock, dispatch: Dispatch) {
    this.#ids = ids;
    this.#dispatch = dispatch;
  }

  /** Throws Discord's error for an empty message, or for a reply to one that is not there. */
  post({ guild, channel }: Place, author: WorldMember, form: PostForm): APIMessage {
    const reply = this.#replyOf(guild.id, channel.id, form);
    const type = reply ? MessageType.Reply : MessageType.Default;
    const origin = { id: this.#ids.next(), channelId: channel.id, author: author.user, type };
    const made = makeMessage(reply ? { ...origin, reply } : origin, form);
    const nonce = form.nonce ?? undefined;
    const message = { ...made, ...(nonce !== undefined && { nonce }), tts: form.tts ?? false };
    this.#store(message);
    this.#dispatch(guild.id, events.MessageCreate, {
      ...message,
      guild_id: guild.id,
      member: memberPayload(author),
    });
    return message;
  }

  get(channelId: string, id: string): KeptMessage {
    const kept = this.#channels.get(channelId)?.get(id);
    if (!kept) throw discordErrors.unknownMessage();
    return kept;
  }

  /** Every message that is kept of the channel, the oldest first. */
  all(channelId: string): readonly APIMessage[] {
    return Array.from(this.#channels.get(channelId)?.values() ?? [], ({ message }) => message);
  }

  /** Throws Discord's error for a message that `author` did not write. */
  edit({ guild, channel }: Place, author: WorldMember, id: string, form: MessageForm): APIMessage {
    const kept = this.get(channel.id, id);
    if (kept.message.author.id !== author.user.id) throw discordErrors.notYourMessage();
    kept.message = editMessage(kept.message, form);
    this.#dispatch(guild.id, events.MessageUpdate, {
      ...kept.message,
      guild_id: guild.id,
      member: memberPayload(author),
    });
    return kept.message;
  }

  delete({ guild, channel }: Place, id: string): void {
    this.get(channel.id, id);
    this.#channels.get(channel.id)?.delete(id);
    this.#dispatch(guild.id, events.MessageDelete, { id, channel_id: channel.id, guild_id: guild.id });
  }

  /** Ids of messages that are not there are passed over, as Discord does. */
  deleteMany({ guild, channel }: Place, ids: readonly string[]): void {
    const { least, most, oldestMs } = bulkDelete;
    if (ids.length < least || ids.length > most) throw discordErrors.bulkDeleteCount();
    const nowMs = createdMsOf(this.#ids.next()) ?? 0;
    if (ids.some((id) => nowMs - (createdMsOf(id) ?? 0) > oldestMs)) throw discordErrors.bulkDeleteAge();
    const messages = this.#channels.get(channel.id);
    const gone = [...new Set(ids)].filter((id) => messages?.delete(id));
    if (gone.length === 0) return;
    this.#dispatch(guild.id, events.MessageDeleteBulk, {
      ids: gone,
      channel_id: channel.id,
      guild_id: guild.id,
    });
  }

  #replyOf(guildId: string, channelId: string, { message_reference }: PostForm): MessageOrigin['reply'] {
    if (!message_reference) return undefined;
    const { message_id, fail_if_not_exists } = message_reference;
    const referenced_message = this.#channels.get(channelId)?.get(message_id)?.message;
    if (referenced_message) {
      const type = MessageReferenceType.Default;
      const reference = { type, channel_id: channelId, message_id, guild_id: guildId };
      return { message_reference: reference, referenced_message };
    }
    if (fail_if_not_exists === false) return undefined;
    const code = 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE';
    throw invalidForm([{ path: ['message_reference'], code, message: 'Unknown message' }]);
  }

  #store(message: APIMessage): void {
    const messages = this.#channels.get(message.channel_id) ?? new Map<string, KeptMessage>();
    this.#channels.set(message.channel_id, messages);
    messages.set(message.id, { message, reactors: new Map() });
    const [oldest] = messages.keys();
    if (messages.size > keptPerChannel && oldest !== undefined) messages.delete(oldest);
  }
}
