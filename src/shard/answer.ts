import {
  MessageFlags,
  type APIInteraction,
  type APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { API } from '../discord/discord.ts';
import type { Reply } from '../features/context.ts';

/** `updating`: the message of a component is to be changed, and shows nothing meanwhile. */
type State = 'open' | 'deferred' | 'updating' | 'modal' | 'answered';

export interface AnswerTraits {
  /** Only the member sees it. */
  readonly ephemeral: boolean;
  /** It changes the message that the interaction came from. */
  readonly updates: boolean;
}

export class AnswerRefused extends Error {
  override readonly name = 'AnswerRefused';
}

/**
 * The answer to one interaction: knows whether it is open, deferred or given, and picks the right call to Discord.
 * Calls are carried out one after another, so that the guard's deferral and the handler's reply cannot cross.
 */
export class Answer {
  readonly #api: API;
  readonly #interaction: APIInteraction;
  readonly #traits: AnswerTraits;
  readonly #onFirst: () => void;
  #state: State = 'open';
  #closed = false;
  #last: Promise<unknown> = Promise.resolve();
  /** When Discord accepted the first answer, in ms since 1970. */
  firstAnswerAtMs: number | undefined;

  /** `onFirst` hears once that Discord has accepted the first answer. */
  constructor(api: API, interaction: APIInteraction, traits: AnswerTraits, onFirst: () => void) {
    this.#api = api;
    this.#interaction = interaction;
    this.#traits = traits;
    this.#onFirst = onFirst;
  }

  /** Whether the member has something to read or fill in, and not just "thinking". */
  get given(): boolean {
    return this.#state === 'answered' || this.#state === 'modal';
  }

  /** From now on only `finish` is carried out: the command's time is over, whatever its handler still tries. */
  close(): void {
    this.#closed = true;
  }

  reply(reply: Reply): Promise<void> {
    return this.#next(() => this.#reply(reply, this.#traits.ephemeral));
  }

  defer(): Promise<void> {
    return this.#next(async () => {
      if (this.#state !== 'open') return;
      const { id, token } = this.#interaction;
      if (this.#traits.updates) await this.#api.interactions.deferMessageUpdate(id, token);
      else await this.#api.interactions.defer(id, token, flags(this.#traits.ephemeral));
      this.#advance(this.#traits.updates ? 'updating' : 'deferred');
    });
  }

  /** Changes the message that the interaction came from. */
  update(reply: Reply): Promise<void> {
    return this.#next(async () => {
      if (this.#state !== 'open') return this.#edit(reply);
      await this.#api.interactions.updateMessage(
        this.#interaction.id,
        this.#interaction.token,
        messageBody(reply),
      );
      this.#advance('answered');
    });
  }

  edit(reply: Reply): Promise<void> {
    return this.#next(async () => {
      if (this.#state === 'open') throw new AnswerRefused('editReply before reply or deferReply');
      await this.#edit(reply);
    });
  }

  followUp(reply: Reply): Promise<void> {
    return this.#next(async () => {
      if (!this.given) throw new AnswerRefused('followUp before reply');
      await this.#followUp(reply, this.#traits.ephemeral);
    });
  }

  modal(modal: APIModalInteractionResponseCallbackData): Promise<void> {
    return this.#next(async () => {
      if (this.#state !== 'open') throw new AnswerRefused('showModal must be the first answer');
      await this.#api.interactions.createModal(this.#interaction.id, this.#interaction.token, modal);
      this.#advance('modal');
    });
  }

  /** The command path's own last word (a refusal, a failure), private to the member wherever Discord allows it. */
  finish(reply: Reply): Promise<void> {
    return this.#queue(() => (this.given ? this.#followUp(reply, true) : this.#reply(reply, true)));
  }

  async #reply(reply: Reply, ephemeral: boolean): Promise<void> {
    switch (this.#state) {
      case 'open':
        await this.#api.interactions.reply(this.#interaction.id, this.#interaction.token, {
          ...messageBody(reply),
          ...flags(ephemeral),
        });
        this.#advance('answered');
        break;
      case 'deferred':
        await this.#edit(reply);
        break;
      case 'updating':
        await this.#followUp(reply, ephemeral);
        this.#advance('answered');
        break;
      case 'modal':
      case 'answered':
        throw new AnswerRefused('reply after the first answer: use editReply or followUp');
    }
  }

  async #edit(reply: Reply): Promise<void> {
    await this.#api.interactions.editReply(
      this.#interaction.application_id,
      this.#interaction.token,
      messageBody(reply),
    );
    this.#advance('answered');
  }

  async #followUp(reply: Reply, ephemeral: boolean): Promise<void> {
    await this.#api.interactions.followUp(this.#interaction.application_id, this.#interaction.token, {
      ...messageBody(reply),
      ...flags(ephemeral),
    });
  }

  #advance(state: State): void {
    if (this.firstAnswerAtMs === undefined) {
      this.firstAnswerAtMs = Date.now();
      this.#onFirst();
    }
    this.#state = state;
  }

  #next(call: () => Promise<void>): Promise<void> {
    return this.#queue(() => {
      if (this.#closed) throw new AnswerRefused('the command is over its budget and was cancelled');
      return call();
    });
  }

  #queue(call: () => Promise<void>): Promise<void> {
    const done = this.#last.then(call);
    this.#last = done.catch(() => {});
    return done;
  }
}

function flags(ephemeral: boolean): { flags?: MessageFlags.Ephemeral } {
  return ephemeral ? { flags: MessageFlags.Ephemeral } : {};
}

/** Nobody is pinged by what the bot says, whatever text went into it. */
function messageBody(reply: Reply) {
  const body = typeof reply === 'string' ? { content: reply } : reply;
  return {
    allowed_mentions: { parse: [] },
    ...(body.content !== undefined && { content: body.content }),
    ...(body.embeds !== undefined && { embeds: [...body.embeds] }),
    ...(body.components !== undefined && { components: [...body.components] }),
    ...(body.files !== undefined && {
      files: body.files.map(({ name, data }) => ({ name, data })),
      attachments: body.files.map(({ description }, index) => ({
        id: String(index),
        ...(description !== undefined && { description }),
      })),
    }),
  };
}
