import { GatewayDispatchEvents, ReactionType, type APIReaction, type APIUser } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { memberPayload, type WorldMember } from '../world/member.ts';
import type { Place } from '../world/world.ts';
import type { ChannelMessages, Dispatch } from './channel-messages.ts';
import type { KeptMessage } from './kept-message.ts';

const events = GatewayDispatchEvents;
/** Different ones on one message. */
const mostEmojis = 20;
const oneEmoji = /^\p{RGI_Emoji}$/v;

/** Reactions to messages. Guilds have no emojis of their own here, so those of Unicode alone are known. */
export class Reactions {
  readonly #messages: ChannelMessages;
  readonly #dispatch: Dispatch;
  /** Whose reactions a message shows as `me`. */
  readonly #botId: string;

  constructor(messages: ChannelMessages, dispatch: Dispatch, botId: string) {
    this.#messages = messages;
    this.#dispatch = dispatch;
    this.#botId = botId;
  }

  /** Who reacted with the emoji, in order. */
  users({ channel }: Place, messageId: string, emoji: string): APIUser[] {
    const { reactors } = this.#messages.get(channel.id, messageId);
    return Array.from(reactors.get(known(emoji))?.values() ?? [], ({ user }) => user);
  }

  /** A second reaction of one member with one emoji changes nothing. */
  add(place: Place, messageId: string, emoji: string, member: WorldMember): void {
    const kept = this.#messages.get(place.channel.id, messageId);
    const name = known(emoji);
    const members = kept.reactors.get(name) ?? new Map<string, WorldMember>();
    if (members.has(member.user.id)) return;
    if (members.size === 0 && kept.reactors.size >= mostEmojis)
      throw discordErrors.tooManyReactions(mostEmojis);
    kept.reactors.set(name, members.set(member.user.id, member));
    this.#show(kept);
    this.#tell(events.MessageReactionAdd, place, messageId, {
      user_id: member.user.id,
      member: { ...memberPayload(member), user: member.user },
      message_author_id: kept.message.author.id,
      emoji: emojiNamed(name),
      ...notBurst,
    });
  }

  /** Throws Discord's error where the user has not reacted with the emoji. */
  remove(place: Place, messageId: string, emoji: string, userId: string): void {
    const kept = this.#messages.get(place.channel.id, messageId);
    const name = known(emoji);
    const members = kept.reactors.get(name);
    if (!members?.delete(userId)) throw discordErrors.unknownEmoji();
    if (members.size === 0) kept.reactors.delete(name);
    this.#show(kept);
    const emojiOf = emojiNamed(name);
    this.#tell(events.MessageReactionRemove, place, messageId, {
      user_id: userId,
      emoji: emojiOf,
      ...notBurst,
    });
  }

  clearEmoji(place: Place, messageId: string, emoji: string): void {
    const kept = this.#messages.get(place.channel.id, messageId);
    const name = known(emoji);
    if (!kept.reactors.delete(name)) throw discordErrors.unknownEmoji();
    this.#show(kept);
    this.#tell(events.MessageReactionRemoveEmoji, place, messageId, { emoji: emojiNamed(name) });
  }

  clear(place: Place, messageId: string): void {
    const kept = this.#messages.get(place.channel.id, messageId);
    kept.reactors.clear();
    this.#show(kept);
    this.#tell(events.MessageReactionRemoveAll, place, messageId, {});
  }

  #show(kept: KeptMessage): void {
    const { reactions: _, ...message } = kept.message;
    const reactions = Array.from(kept.reactors, ([name, members]) => this.#shown(name, members));
    kept.message = reactions.length > 0 ? { ...message, reactions } : message;
  }

  #shown(name: string, members: ReadonlyMap<string, WorldMember>): APIReaction {
    return {
      emoji: emojiNamed(name),
      count: members.size,
      count_details: { burst: 0, normal: members.size },
      burst_colors: [],
      me_burst: false,
      me: members.has(this.#botId),
    };
  }

  #tell(event: string, { guild, channel }: Place, messageId: string, more: object): void {
    this.#dispatch(guild.id, event, {
      channel_id: channel.id,
      message_id: messageId,
      guild_id: guild.id,
      ...more,
    });
  }
}

const notBurst = { burst: false, type: ReactionType.Normal };

function emojiNamed(name: string): { id: null; name: string } {
  return { id: null, name };
}

/** Clients leave out the variation selector of some emojis, as Discord itself does not mind. */
function known(emoji: string): string {
  const name = [emoji, `${emoji}\u{FE0F}`].find((candidate) => oneEmoji.test(candidate));
  if (name === undefined) throw discordErrors.unknownEmoji();
  return name;
}
