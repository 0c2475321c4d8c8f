import { GatewayDispatchEvents, type APIMessage } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { SnowflakeClock } from '../snowflake.ts';
import type { Place } from '../world/world.ts';
import type { ChannelMessages, Dispatch } from './channel-messages.ts';

/** So many since pins are listed in pages; 50 before that (resources/message.mdx, Get Channel Pins). */
const mostPins = 250;

export type Pin = { readonly pinned_at: string; readonly message: APIMessage };

/** The pinned messages of all channels. */
export class Pins {
  readonly #messages: ChannelMessages;
  readonly #dispatch: Dispatch;
  /** By channel: when each message was pinned (ISO time), in that order. */
  readonly #channels = new Map<string, Map<string, string>>();

  constructor(messages: ChannelMessages, dispatch: Dispatch) {
    this.#messages = messages;
    this.#dispatch = dispatch;
  }

  /** The latest pin first. */
  list(channelId: string): Pin[] {
    const present = new Map(this.#messages.all(channelId).map((message) => [message.id, message]));
    return Array.from(this.#channels.get(channelId) ?? [], ([id, pinned_at]) => ({ id, pinned_at }))
      .flatMap(({ id, pinned_at }) => {
        const message = present.get(id);
        return message ? { pinned_at, message } : [];
      })
      .toReversed();
  }

  /** A second pin changes nothing. Throws Discord's error for a message that is not there, or one too many. */
  add(place: Place, messageId: string): boolean {
    const { id: channelId } = place.channel;
    if (this.#messages.get(channelId, messageId).message.pinned) return false;
    if (this.list(channelId).length >= mostPins) throw discordErrors.tooManyPins(mostPins);
    // Without those whose messages were deleted since.
    const pinned = new Map(
      this.list(channelId)
        .map(({ message, pinned_at }) => [message.id, pinned_at] as const)
        .toReversed(),
    );
    this.#channels.set(channelId, pinned.set(messageId, SnowflakeClock.nowIso()));
    this.#show(place, messageId, true);
    return true;
  }

  /** Whether there was anything to unpin. */
  remove(place: Place, messageId: string): boolean {
    if (!this.#messages.get(place.channel.id, messageId).message.pinned) return false;
    this.#channels.get(place.channel.id)?.delete(messageId);
    this.#show(place, messageId, false);
    return true;
  }

  #show(place: Place, messageId: string, pinned: boolean): void {
    const { guild, channel } = place;
    this.#messages.mark(place, messageId, { pinned });
    const [latest] = this.list(channel.id);
    this.#dispatch(guild.id, GatewayDispatchEvents.ChannelPinsUpdate, {
      guild_id: guild.id,
      channel_id: channel.id,
      last_pin_timestamp: latest?.pinned_at ?? null,
    });
  }
}
