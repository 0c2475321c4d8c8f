import { setTimeout as delay } from 'node:timers/promises';
import { ApplicationCommandType, PermissionFlagsBits, type APIMessage } from 'discord-api-types/v10';
import type { CommandRegistry } from '../commands/command-registry.ts';
import type { OptionValue } from '../control/interactions.ts';
import type { Driver } from '../driver/driver.ts';
import { Refusal } from '../driver/refusal.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { ChannelMessages } from '../messages/channel-messages.ts';
import type { Actor } from './cast.ts';
import { anyOf, logNormal } from './chance.ts';
import { seenIn } from './chat-acts.ts';
import { commandsLike, knownCommands, type KnownCommand } from './known-commands.ts';
import { modalAnswers } from './modal-answers.ts';
import { offersOf, useOf } from './offers.ts';
import { plausibleValue, someMember } from './plausible-value.ts';
import { mistaken } from './slips.ts';
import type { Tally } from './tally.ts';

export type BotParts = {
  readonly registry: CommandRegistry;
  readonly driver: Driver;
  readonly messages: ChannelMessages;
};

type Terms = {
  readonly tally: Tally;
  /** How much faster than life a run is. */
  readonly speed: number;
  readonly signal: AbortSignal;
};

type Values = Record<string, OptionValue>;

export const toUseCommands = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.UseApplicationCommands;

/** So often an answer leads on to a further interaction. */
const deepest = 3;

/** What a deferred answer is waited for. */
const patienceMs = 5_000;

/** Members who use what the bot registered and what it shows them; each goes their way by themselves. */
export class BotUse {
  readonly #parts: BotParts;
  readonly #terms: Terms;

  constructor(parts: BotParts, terms: Terms) {
    this.#parts = parts;
    this.#terms = terms;
  }

  /** Runs a command, or uses what a message in the channel offers, and goes on from the answer. */
  async begin(find: () => Actor, dueMs: number, like: readonly string[] | undefined): Promise<void> {
    const actor = this.#terms.tally.find('interactions', find);
    if (!actor) return;
    const { scene, random, temper } = actor;
    if (like === undefined && random() < temper.curiosity / 3) {
      const message = seenIn(this.#parts.messages, scene).findLast((each) => offersOf(each).length > 0);
      if (message) return this.#press(actor, message, dueMs, 0);
    }
    const known = knownCommands(this.#parts.registry, scene);
    const command = anyOf(random, like === undefined ? known : commandsLike(known, like));
    if (command?.type === ApplicationCommandType.ChatInput) return this.#type(actor, command, dueMs);
    const sent = this.#count(dueMs, () => this.#onTarget(actor, command));
    if (sent) await this.#goOn(actor, sent, 0);
  }

  async #type(actor: Actor, command: KnownCommand, dueMs: number): Promise<void> {
    const { random, temper } = actor;
    const options: Values = {};
    let typedAtMs = dueMs;
    for (const option of command.options) {
      if (option.required !== true && random() > 0.4) continue;
      const value = plausibleValue(option, actor);
      if (value !== undefined) options[option.name] = value;
      if (option.autocomplete !== true) continue;
      const chosen = await this.#complete(actor, command, options, option.name, typedAtMs);
      if (chosen !== undefined) options[option.name] = chosen;
      typedAtMs = performance.now();
    }
    const wrong = random() < temper.slips ? mistaken(command.options, options, random) : undefined;
    if (wrong) {
      this.#count(typedAtMs, () => this.#send(actor, command, wrong));
      typedAtMs = await this.#think(actor);
    }
    const sent = this.#count(typedAtMs, () => this.#send(actor, command, options));
    if (sent) await this.#goOn(actor, sent, 0);
  }

  /** Types the first letters and takes one of the choices; `undefined` where there are none. */
  async #complete(
    { scene, random }: Actor,
    { words }: KnownCommand,
    options: Values,
    focused: string,
    dueMs: number,
  ): Promise<OptionValue | undefined> {
    const { [focused]: thought = '' } = options;
    const letters = typeof thought === 'object' || random() < 0.5 ? '' : String(thought).slice(0, 2);
    const typed = { ...options, [focused]: letters };
    const { guild, channel, member } = scene;
    const place = { guild_id: guild.id, channel_id: channel.id, user_id: member.user.id };
    const asked = this.#count(dueMs, () =>
      this.#parts.driver.type({ ...place, command: words, options: typed, focused }),
    );
    await asked?.settled(0);
    return anyOf(random, asked?.choices ?? [])?.value;
  }

  #send({ scene }: Actor, { words }: KnownCommand, options: Values, target_id?: string): Interaction {
    const { guild, channel, member } = scene;
    return this.#parts.driver.send({
      guild_id: guild.id,
      channel_id: channel.id,
      user_id: member.user.id,
      command: words,
      options,
      force: false,
      ...(target_id !== undefined && { target_id }),
    });
  }

  #onTarget(actor: Actor, command: KnownCommand | undefined): Interaction {
    const { scene, random } = actor;
    if (!command) throw new Refusal(`the bot offers ${scene.member.user.username} no command`);
    const target =
      command.type === ApplicationCommandType.User
        ? someMember(scene, random)
        : anyOf(random, seenIn(this.#parts.messages, scene))?.id;
    if (target === undefined) throw new Refusal(`there is nothing to run "${command.words}" on`);
    return this.#send(actor, command, {}, target);
  }

  async #press(actor: Actor, message: APIMessage, dueMs: number, depth: number): Promise<void> {
    const use = useOf(offersOf(message), actor);
    if (!use) return;
    const place = { channel_id: message.channel_id, message_id: message.id };
    const sent = this.#count(dueMs, () =>
      this.#parts.driver.press({
        ...place,
        user_id: actor.scene.member.user.id,
        custom_id: use.custom_id,
        ...(use.values && { values: [...use.values] }),
      }),
    );
    if (sent) await this.#goOn(actor, sent, depth);
  }

  /** What the member does with the answer. */
  async #goOn(actor: Actor, interaction: Interaction, depth: number): Promise<void> {
    await interaction.settled(patienceMs);
    const { modal } = interaction;
    const shown = [...interaction.followUps.values(), interaction.original].find(
      (kept) => kept && !kept.deleted && offersOf(kept.message).length > 0,
    );
    if (depth >= deepest || (!modal && !shown) || actor.random() > actor.temper.curiosity) return;
    const dueMs = await this.#think(actor);
    if (!modal) return shown && this.#press(actor, shown.message, dueMs, depth + 1);
    const fields = modalAnswers(modal, actor);
    const sent = this.#count(dueMs, () =>
      this.#parts.driver.fillIn({ interaction_id: interaction.id, fields }),
    );
    if (sent) await this.#goOn(actor, sent, depth + 1);
  }

  /** Resolves with the time at which the member is done with thinking. */
  async #think({ random, temper }: Actor): Promise<number> {
    const { speed, signal } = this.#terms;
    await delay(logNormal(random, temper.thinkMs, 0.6) / speed, undefined, { signal, ref: false });
    return performance.now();
  }

  #count(dueMs: number, send: () => Interaction): Interaction | undefined {
    this.#terms.signal.throwIfAborted();
    return this.#terms.tally.count('interactions', dueMs, send);
  }
}
