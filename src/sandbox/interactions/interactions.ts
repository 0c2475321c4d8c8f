import { randomUUID } from 'node:crypto';
import { InteractionType } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import { Interaction, type InteractionOrigin } from './interaction.ts';

/** Beyond so many the oldest are forgotten before their 15 minutes, lest a load test fill the memory. */
const maxKept = 50_000;

/** Is told of every interaction when it begins and at each change. */
export type InteractionObserver = {
  opened(interaction: Interaction): void;
  changed(interaction: Interaction): void;
};

type Clocks = { readonly firstAnswerMs: number; readonly interactionLifetimeMs: number };

/** Every interaction that was sent and is not forgotten; opens and closes their windows. */
export class Interactions {
  readonly #ids: SnowflakeClock;
  readonly #clocks: Clocks;
  readonly #observer: InteractionObserver;
  readonly #byId = new Map<string, Interaction>();
  readonly #byToken = new Map<string, Interaction>();
  readonly #windows = new Map<Interaction, NodeJS.Timeout>();

  constructor(ids: SnowflakeClock, clocks: Clocks, observer: InteractionObserver) {
    this.#ids = ids;
    this.#clocks = clocks;
    this.#observer = observer;
  }

  /** A new interaction, whose window of the first answer opens now. */
  open(origin: InteractionOrigin): Interaction {
    const id = this.#ids.next();
    const token = Buffer.from(`interaction:${id}:${randomUUID()}${randomUUID()}`).toString('base64url');
    const interaction = new Interaction(id, token, origin);
    this.#byId.set(id, interaction);
    this.#byToken.set(token, interaction);
    this.#observer.opened(interaction);
    interaction.watch(() => this.#observer.changed(interaction));
    this.#windows.set(
      interaction,
      setTimeout(() => this.#fail(interaction), this.#clocks.firstAnswerMs),
    );
    if (this.#byId.size > maxKept) this.#forgetOldest();
    return interaction;
  }

  find(id: string): Interaction | undefined {
    return this.#byId.get(id);
  }

  /** The interaction that a callback answers; throws Discord's error when it is too late or already answered. */
  takeFirstAnswer(id: string, token: string): Interaction {
    const interaction = this.#byId.get(id);
    if (!interaction || interaction.token !== token || interaction.state === 'failed') {
      throw discordErrors.unknownInteraction();
    }
    if (interaction.state !== 'waiting') throw discordErrors.alreadyAcknowledged();
    return interaction;
  }

  /** The first answer was accepted: closes its window. */
  acknowledged(interaction: Interaction, state: 'thinking' | 'answered'): void {
    this.#closeWindow(interaction);
    interaction.answeredInMs = performance.now() - interaction.sentAt;
    interaction.state = state;
    interaction.changed();
  }

  /** The interaction whose token works as a webhook's: answered, and not older than 15 minutes. */
  webhook(applicationId: string, token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (!interaction || interaction.origin.applicationId !== applicationId)
      throw discordErrors.unknownWebhook();
    const { state, origin } = interaction;
    const isSuggestion = origin.type === InteractionType.ApplicationCommandAutocomplete;
    if (state === 'waiting' || state === 'failed' || isSuggestion) throw discordErrors.unknownWebhook();
    const age = performance.now() - interaction.sentAt;
    if (age > this.#clocks.interactionLifetimeMs) throw discordErrors.invalidWebhookToken();
    return interaction;
  }

  stop(): void {
    for (const window of this.#windows.values()) clearTimeout(window);
    this.#windows.clear();
  }

  #fail(interaction: Interaction): void {
    this.#closeWindow(interaction);
    interaction.state = 'failed';
    interaction.changed();
  }

  #closeWindow(interaction: Interaction): void {
    clearTimeout(this.#windows.get(interaction));
    this.#windows.delete(interaction);
  }

  #forgetOldest(): void {
    for (const oldest of this.#byId.values()) {
      // Whoever waits for its answer would wait for ever.
      if (this.#windows.has(oldest)) this.#fail(oldest);
      this.#byId.delete(oldest.id);
      this.#byToken.delete(oldest.token);
      return;
    }
  }
}
