import { MessageFlags, type APIMessage } from 'discord-api-types/v10';
import type { UploadedFile } from '../cdn/cdn.ts';
import { discordErrors } from '../forms/discord-error.ts';
import type { ChannelMessages } from '../messages/channel-messages.ts';
import type { KeptMessage } from '../messages/kept-message.ts';
import type { MessageEditForm, MessageForm } from '../messages/message-form.ts';
import { isEphemeral, type MessageMaker } from '../messages/message.ts';
import { interactionMessage } from './interaction-message.ts';
import type { Place, World } from '../world/world.ts';
import type { Interaction } from './interaction.ts';

type Uploads = readonly UploadedFile[];

/**
 * The messages with which interactions are answered: messages of their channel like any other, unless they are
 * ephemeral, which the member alone sees.
 */
export class Answers {
  readonly #world: World;
  readonly #messages: ChannelMessages;
  readonly #maker: MessageMaker;

  constructor(world: World, messages: ChannelMessages, maker: MessageMaker) {
    this.#world = world;
    this.#messages = messages;
    this.#maker = maker;
  }

  /** The first answer. */
  reply(interaction: Interaction, form: MessageForm, uploads: Uploads): void {
    interaction.original = this.#add(interaction, form, uploads);
  }

  /** "The bot is thinking". */
  defer(interaction: Interaction, flags: number): void {
    const ephemeral = (flags & MessageFlags.Ephemeral) !== 0;
    const place = this.#placeOf(interaction);
    const message = this.#maker.loading(interactionMessage(interaction, place), ephemeral);
    interaction.original = this.#keep(interaction, place, message);
  }

  /** Edits the message whose component was used. */
  update(interaction: Interaction, source: KeptMessage, form: MessageEditForm, uploads: Uploads): void {
    this.#change(interaction, source, form, uploads, ['data']);
    interaction.original = source;
  }

  /**
   * A further message. The first one after a deferred reply takes the place of "thinking", and is as public or
   * ephemeral as that was.
   */
  followUp(interaction: Interaction, form: MessageForm, uploads: Uploads): APIMessage {
    const { original, state } = interaction;
    if (state === 'thinking' && original && !original.deleted) {
      return this.edit(interaction, original, form, uploads);
    }
    const kept = this.#add(interaction, form, uploads);
    interaction.followUps.set(kept.message.id, kept);
    shown(interaction);
    return kept.message;
  }

  /** One of the interaction's messages by its id or `@original`; throws Discord's error where there is none. */
  find({ original, followUps }: Interaction, id: string): KeptMessage {
    const isOriginal = id === '@original' || id === original?.message.id;
    const kept = isOriginal ? original : followUps.get(id);
    if (!kept || kept.deleted) throw discordErrors.unknownMessage();
    return kept;
  }

  edit(interaction: Interaction, kept: KeptMessage, form: MessageEditForm, uploads: Uploads): APIMessage {
    this.#change(interaction, kept, form, uploads);
    shown(interaction);
    return kept.message;
  }

  remove(interaction: Interaction, kept: KeptMessage): void {
    this.#messages.remove(this.#placeOf(interaction), kept);
    shown(interaction);
  }

  #change(
    interaction: Interaction,
    kept: KeptMessage,
    form: MessageEditForm,
    uploads: Uploads,
    at: readonly string[] = [],
  ): void {
    const place = this.#placeOf(interaction);
    const author = place.guild.bot;
    const edited = this.#maker.edit(kept.message, { place, author }, form, uploads, at);
    this.#messages.replace(place, author, kept, edited);
  }

  #add(interaction: Interaction, form: MessageForm, uploads: Uploads): KeptMessage {
    const place = this.#placeOf(interaction);
    const message = this.#maker.make(interactionMessage(interaction, place), form, uploads);
    return this.#keep(interaction, place, message);
  }

  #keep({ origin }: Interaction, place: Place, message: APIMessage): KeptMessage {
    const seenBy = isEphemeral(message) ? origin.user.id : undefined;
    return this.#messages.add(place, place.guild.bot, message, seenBy);
  }

  /** Throws Discord's error where the channel is gone, or the bot is. */
  #placeOf({ origin }: Interaction): Place {
    const place = this.#world.place(origin.channelId);
    if (!place) throw discordErrors.unknownChannel();
    return place;
  }
}

function shown(interaction: Interaction): void {
  interaction.state = 'answered';
  interaction.changed();
}
