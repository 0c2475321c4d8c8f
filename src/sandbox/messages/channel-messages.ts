import { GatewayDispatchEvents, MessageType, type APIMessage } from 'discord-api-types/v10';
import { BoundedMap } from '../bounded-map.ts';
import type { UploadedFile } from '../cdn/cdn.ts';
import { discordErrors, invalidForm } from '../forms/discord-error.ts';
import { createdMsOf, type SnowflakeClock } from '../snowflake.ts';
import { memberPayload, type WorldMember } from '../world/member.ts';
import type { Place } from '../world/world.ts';
import { replyTo } from './reply.ts';
import type { KeptMessage } from './kept-message.ts';
import type { MessageEditForm, PostForm } from './message-form.ts';
import type { MessageMaker, MessageOrigin } from './message.ts';

/** Sends an event to the sessions of the guild's shard; where the guild is a direct message's, of shard 0. */
export type Dispatch = (guildId: string, event: string, data: unknown) => unknown;

/** Beyond so many a channel forgets its oldest, lest a raid fill the memory. */
const keptPerChannel = 1_000;

/** Of all channels together, some hundred megabytes at most. */
const keptInAll = 50_000;
const keptEphemeral = 10_000;

/** Discord remembers a nonce for "the past few minutes" (resources/message.mdx, Create Message); so many of them here. */
const keptNonces = 1_000;

/** resources/message.mdx, Bulk Delete Messages */
const bulkDelete = { least: 2, most: 100, oldestMs: 14 * 86_400_000 };

const events = GatewayDispatchEvents;

/** The messages of all channels. What changes one of them is dispatched. */
export class ChannelMessages {
  readonly #ids: SnowflakeClock;
  readonly #dispatch: Dispatch;
  readonly #maker: MessageMaker;
  /** By channel; the oldest message first. */
  readonly #channels = new Map<string, BoundedMap<string, KeptMessage>>();
  /** Those of all channels, the oldest first. */
  readonly #inOrder = new BoundedMap<string, KeptMessage>(keptInAll);
  readonly #ephemeral = new BoundedMap<string, KeptMessage>(keptEphemeral);
  /** Messages by channel, author and nonce, for `enforce_nonce`. */
  readonly #byNonce = new BoundedMap<string, KeptMessage>(keptNonces);

  constructor(ids: SnowflakeClock, dispatch: Dispatch, maker: MessageMaker) {
    this.#ids = ids;
    this.#dispatch = dispatch;
    this.#maker = maker;
  }

  /**
   * Throws Discord's error for an empty message, or for a reply to one that is not there. With `enforce_nonce` a
   * message of the same author and nonce is returned instead of a second one.
   */
  post(
    place: Place,
    author: WorldMember,
    form: PostForm,
    uploads: readonly UploadedFile[] = [],
    id?: string,
  ): APIMessage {
    const nonce = form.nonce ?? undefined;
    const nonceKey = `${place.channel.id} ${author.user.id} ${nonce}`;
    const earlier = form.enforce_nonce && nonce !== undefined ? this.#byNonce.get(nonceKey) : undefined;
    if (earlier && !earlier.deleted) return earlier.message;
    const reply = this.#replyOf(place, form);
    const type = reply ? MessageType.Reply : MessageType.Default;
    const made = this.#maker.make({ place, author, id, type, reply }, form, uploads);
    const kept = this.add(place, author, nonce === undefined ? made : { ...made, nonce });
    if (nonce !== undefined) this.#byNonce.add(nonceKey, kept);
    return kept.message;
  }

  /** Keeps a message; all who may see it hear of it, of an ephemeral one nobody but the member `seenBy`. */
  add(place: Place, author: WorldMember, message: APIMessage, seenBy?: string): KeptMessage {
    const kept = { message, reactors: new Map(), seenBy, deleted: false };
    if (seenBy !== undefined) {
      this.#ephemeral.add(message.id, kept);
      return kept;
    }
    const messages = this.#channels.get(message.channel_id) ?? new BoundedMap(keptPerChannel);
    this.#channels.set(message.channel_id, messages);
    const pushedOut = messages.add(message.id, kept);
    if (pushedOut) this.#inOrder.delete(pushedOut.message.id);
    const oldest = this.#inOrder.add(message.id, kept);
    if (oldest) this.#forget(oldest.message.channel_id, oldest.message.id);
    this.#tell(events.MessageCreate, place, author, message);
    return kept;
  }

  /** Puts `message` in the place of what was kept. */
  replace(place: Place, author: WorldMember | undefined, kept: KeptMessage, message: APIMessage): void {
    kept.message = message;
    if (kept.seenBy === undefined) this.#tell(events.MessageUpdate, place, author, message);
  }

  /** Changes what a message shows of what happened to it: a pin, a thread that began there. */
  mark(place: Place, id: string, fields: Pick<Partial<APIMessage>, 'pinned' | 'flags' | 'thread'>): void {
    const kept = this.get(place.channel.id, id);
    const author = place.guild.members.get(kept.message.author.id);
    this.replace(place, author, kept, { ...kept.message, ...fields });
  }

  /** What a member sees under this id: a message of the channel, or an ephemeral one of their own. */
  seen(channelId: string, id: string, userId: string): KeptMessage | undefined {
    const own = this.#ephemeral.get(id);
    const isOwn = own?.seenBy === userId && own.message.channel_id === channelId;
    return isOwn ? own : this.#channels.get(channelId)?.get(id);
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

  /** What a member sees of the channel, their own ephemeral messages included, the oldest first. */
  allSeen(channelId: string, userId: string): readonly APIMessage[] {
    const own = Array.from(this.#ephemeral.values(), ({ message, seenBy }) =>
      seenBy === userId && message.channel_id === channelId ? [message] : [],
    ).flat();
    if (own.length === 0) return this.all(channelId);
    return [...this.all(channelId), ...own].toSorted((one, other) =>
      BigInt(one.id) < BigInt(other.id) ? -1 : 1,
    );
  }

  /** Throws Discord's error for a message that `author` did not write, and for what it cannot become. */
  edit(
    place: Place,
    author: WorldMember,
    id: string,
    form: MessageEditForm,
    uploads: readonly UploadedFile[] = [],
  ): APIMessage {
    const kept = this.get(place.channel.id, id);
    if (kept.message.author.id !== author.user.id) throw discordErrors.notYourMessage();
    this.replace(place, author, kept, this.#maker.edit(kept.message, { place, author }, form, uploads));
    return kept.message;
  }

  delete(place: Place, id: string): void {
    this.remove(place, this.get(place.channel.id, id));
  }

  remove({ guild, channel }: Place, kept: KeptMessage): void {
    const { id } = kept.message;
    kept.deleted = true;
    if (kept.seenBy !== undefined) return void this.#ephemeral.delete(id);
    this.#forget(channel.id, id);
    this.#dispatch(guild.id, events.MessageDelete, { id, channel_id: channel.id, guild_id: guild.id });
  }

  /** Ids of messages that are not there are passed over, as Discord does; returns how many were. */
  deleteMany(place: Place, ids: readonly string[]): number {
    const { least, most, oldestMs } = bulkDelete;
    if (ids.length < least || ids.length > most) throw discordErrors.bulkDeleteCount();
    const nowMs = createdMsOf(this.#ids.next()) ?? 0;
    if (ids.some((id) => nowMs - (createdMsOf(id) ?? 0) > oldestMs)) throw discordErrors.bulkDeleteAge();
    return this.drop(place, ids);
  }

  /** Deletes these messages of the channel, however many and old they are; returns how many there were. */
  drop({ guild, channel }: Place, ids: readonly string[]): number {
    const messages = this.#channels.get(channel.id);
    const gone = [...new Set(ids)].filter((id) => {
      const kept = messages?.get(id);
      if (kept) kept.deleted = true;
      return this.#forget(channel.id, id);
    });
    const told = { ids: gone, channel_id: channel.id, guild_id: guild.id };
    if (gone.length > 0) this.#dispatch(guild.id, events.MessageDeleteBulk, told);
    return gone.length;
  }

  /** Whether it was there. */
  #forget(channelId: string, id: string): boolean {
    this.#inOrder.delete(id);
    const messages = this.#channels.get(channelId);
    const wasThere = messages?.delete(id) ?? false;
    if (messages?.size === 0) this.#channels.delete(channelId);
    return wasThere;
  }

  #replyOf({ guild, channel }: Place, { message_reference }: PostForm): MessageOrigin['reply'] {
    if (!message_reference) return undefined;
    const { message_id, fail_if_not_exists } = message_reference;
    const replied = this.#channels.get(channel.id)?.get(message_id)?.message;
    if (replied) return replyTo(replied, guild);
    if (fail_if_not_exists === false) return undefined;
    const code = 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE';
    throw invalidForm([{ path: ['message_reference'], code, message: 'Unknown message' }]);
  }

  #tell(event: string, { guild }: Place, author: WorldMember | undefined, message: APIMessage): void {
    const member = author && { member: memberPayload(author) };
    this.#dispatch(guild.id, event, { ...message, guild_id: guild.id, ...member });
  }
}
