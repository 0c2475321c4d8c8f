import { randomUUID } from 'node:crypto';
import { InteractionType } from 'discord-api-types/v10';
import { BoundedMap } from '../bounded-map.ts';
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
  readonly #changed: (interaction: Interaction) => void;
  readonly #byId = new BoundedMap<string, Interaction>(maxKept);
  readonly #byToken = new Map<string, Interaction>();
  /** Those in their window of the first answer. All windows are equally long: the first that opened closes first. */
  readonly #waiting = new Set<Interaction>();
  #timer: NodeJS.Timeout | undefined;

  constructor(ids: SnowflakeClock, clocks: Clocks, observer: InteractionObserver) {
    this.#ids = ids;
    this.#clocks = clocks;
    this.#observer = observer;
    this.#changed = (interaction) => observer.changed(interaction);
  }

  /** A new interaction, whose window of the first answer opens now. */
  open(origin: InteractionOrigin): Interaction {
    const id = this.#ids.next();
    const token = Buffer.from(`interaction:${id}:${randomUUID()}${randomUUID()}`).toString('base64url');
    const interaction = new Interaction(id, token, origin, this.#changed);
    const forgotten = this.#byId.add(id, interaction);
    if (forgotten) this.#forget(forgotten);
    this.#byToken.set(token, interaction);
    this.#observer.opened(interaction);
    this.#waiting.add(interaction);
    this.#timer ??= setTimeout(() => this.#closeWindows(), this.#clocks.firstAnswerMs);
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
    this.#waiting.delete(interaction);
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
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  /** Those that are over; comes back when the next one is. */
  #closeWindows(): void {
    const openedBefore = performance.now() - this.#clocks.firstAnswerMs;
    for (const interaction of this.#waiting) {
      const leftMs = interaction.sentAt - openedBefore;
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.#closeWindows(), leftMs);
        return;
      }
      this.#fail(interaction);
    }
    this.#timer = undefined;
  }

  #fail(interaction: Interaction): void {
    this.#waiting.delete(interaction);
    interaction.state = 'failed';
    interaction.changed();
  }

  #forget(interaction: Interaction): void {
    // Whoever waits for its answer would wait for ever.
    if (this.#waiting.has(interaction)) this.#fail(interaction);
    this.#byToken.delete(interaction.token);
  }
}
