import { PermissionFlagsBits, type APIMessage, type APIReaction } from 'discord-api-types/v10';
import type { UploadedFile } from '../cdn/cdn.ts';
import type { DeleteChatForm, EditChatForm, PostChatForm, ReactForm } from '../control/chat.ts';
import type { FileForm } from '../control/interactions.ts';
import { DiscordError } from '../forms/discord-error.ts';
import type { ChannelMessages } from '../messages/channel-messages.ts';
import type { Reactions } from '../messages/reactions.ts';
import { isThread } from '../world/channel.ts';
import type { WorldMember } from '../world/member.ts';
import { isAllowed, seesThread, sendingIn } from '../world/permissions.ts';
import type { Place, World } from '../world/world.ts';
import { placeOf } from './people.ts';
import { Refusal } from './refusal.ts';
import { findMember } from './scene.ts';

/** What Discord's client sends without a subscription. */
const maxContent = 2_000;

type ChatParts = {
  readonly world: World;
  readonly messages: ChannelMessages;
  readonly reactions: Reactions;
};

/** Lets simulated members read, chat and react, within what Discord's client allows; throws `Refusal` beyond. */
export class Chat {
  readonly #parts: ChatParts;

  constructor(parts: ChatParts) {
    this.#parts = parts;
  }

  /** The newest message first. */
  read(form: { channel_id: string; user_id: string; limit: number; before?: string | undefined }) {
    const { place, member } = this.#stand(form);
    const all = this.#parts.messages.allSeen(place.channel.id, member.user.id);
    const older =
      form.before === undefined ? all : all.filter(({ id }) => BigInt(id) < BigInt(form.before ?? 0));
    return older
      .slice(-form.limit)
      .toReversed()
      .map((message) => this.#seenBy(message, place, member));
  }

  post(form: PostChatForm): APIMessage {
    const { place, member } = this.#stand(form);
    const { files } = form;
    const content = form.content.trim();
    if (content === '' && files.length === 0) throw new Refusal('content is empty: type something to send');
    needWriting(member, place);
    if (files.length > 0) need(member, PermissionFlagsBits.AttachFiles, 'attach files', place);
    const reply = form.reply_to !== undefined && { message_reference: { message_id: form.reply_to } };
    const attachments = files.map(({ description }, nth) => ({ id: String(nth), description }));
    const message = { content: checkedLength(content), ...reply, ...(files.length > 0 && { attachments }) };
    return refusing(() => this.#parts.messages.post(place, member, message, files.map(uploadOf)));
  }

  edit(form: EditChatForm): APIMessage {
    const { place, member } = this.#stand(form);
    const content = checkedLength(form.content.trim());
    return refusing(() => this.#parts.messages.edit(place, member, form.message_id, { content }));
  }

  delete(form: DeleteChatForm): void {
    const { place, member } = this.#stand(form);
    const { messages } = this.#parts;
    const { author } = refusing(() => messages.get(place.channel.id, form.message_id)).message;
    if (author.id !== member.user.id)
      need(member, PermissionFlagsBits.ManageMessages, 'delete the messages of others', place);
    messages.delete(place, form.message_id);
  }

  react(form: ReactForm): void {
    const { place, member } = this.#stand(form);
    const { reactions } = this.#parts;
    if (form.remove) {
      return refusing(() => reactions.remove(place, form.message_id, form.emoji, member.user.id));
    }
    need(member, PermissionFlagsBits.AddReactions, 'add reactions', place);
    refusing(() => reactions.add(place, form.message_id, form.emoji, member));
  }

  #stand(form: { channel_id: string; user_id: string }): { place: Place; member: WorldMember } {
    const place = placeOf(this.#parts.world, form.channel_id);
    const member = findMember(place.guild, form.user_id);
    need(member, PermissionFlagsBits.ViewChannel, 'look', place);
    const { guild, channel } = place;
    if (isThread(channel) && !seesThread(guild, member, channel))
      throw new Refusal(`${member.user.username} is not in the private thread ${channel.name}`);
    return { place, member };
  }

  /** `me` of a reaction is whoever looks, which is the bot for REST and the member here. */
  #seenBy(message: APIMessage, place: Place, member: WorldMember): APIMessage {
    if (!message.reactions) return message;
    const isMine = ({ emoji }: APIReaction) =>
      this.#parts.reactions
        .users(place, message.id, emoji.name ?? '')
        .some(({ id }) => id === member.user.id);
    return { ...message, reactions: message.reactions.map((each) => ({ ...each, me: isMine(each) })) };
  }
}

function uploadOf({ filename, content_type, data }: FileForm, nth: number): UploadedFile {
  const bytes = Buffer.from(data, 'base64');
  return { index: String(nth), name: filename, contentType: content_type, bytes };
}

function checkedLength(content: string): string {
  if (content.length <= maxContent) return content;
  throw new Refusal(`content has ${content.length} characters: ${maxContent} are the most`);
}

function needWriting(member: WorldMember, place: Place): void {
  need(member, sendingIn(place.channel), 'send messages', place);
  if (isThread(place.channel) && place.channel.thread_metadata.locked)
    need(member, PermissionFlagsBits.ManageThreads, 'write in a locked thread', place);
}

function need(member: WorldMember, permission: bigint, what: string, { guild, channel }: Place): void {
  if (isAllowed(permission, guild, member, channel)) return;
  throw new Refusal(`${member.user.username} may not ${what} in #${channel.name}`);
}

/** What Discord's REST API would refuse, the client does not send. */
function refusing<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof DiscordError)) throw error;
    throw new Refusal(error.message, error.status === 404 ? 404 : 400);
  }
}
