import {
  MessageFlags,
  type APIInteraction,
  type APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { API } from '../discord/discord.ts';
import { discordErrorCode } from '../discord/error-code.ts';
import type { Reply } from '../features/context.ts';

/** `updating`: the message of a component is to be changed, and shows nothing meanwhile. */
type State = 'open' | 'deferred' | 'updating' | 'modal' | 'answered';

export interface AnswerTraits {
  /** Only the member sees it. */
  readonly ephemeral: boolean;
  /** It changes the message that the interaction came from. */
  readonly updates: boolean;
}

/** Discord has a first answer already (topics/opcodes-and-status-codes, "JSON"). */
const alreadyAcknowledged = 40_060;

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
      const { interactions } = this.#api;
      const { id, token } = this.#interaction;
      await (this.#traits.updates
        ? this.#first('updating', () => interactions.deferMessageUpdate(id, token))
        : this.#first('deferred', () => interactions.defer(id, token, flags(this.#traits.ephemeral))));
    });
  }

  /** Changes the message that the interaction came from. */
  update(reply: Reply): Promise<void> {
    return this.#next(async () => {
      if (this.#state !== 'open') return this.#edit(reply);
      const { id, token } = this.#interaction;
      const body = messageBody(reply);
      const fresh = await this.#first('answered', () =>
        this.#api.interactions.updateMessage(id, token, body),
      );
      if (!fresh) await this.#edit(reply);
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
      const { id, token } = this.#interaction;
      await this.#first('modal', () => this.#api.interactions.createModal(id, token, modal));
    });
  }

  /** The command path's own last word (a refusal, a failure), private to the member wherever Discord allows it. */
  finish(reply: Reply): Promise<void> {
    return this.#queue(() => (this.given ? this.#followUp(reply, true) : this.#reply(reply, true)));
  }

  async #reply(reply: Reply, ephemeral: boolean): Promise<void> {
    switch (this.#state) {
      case 'open':
        await this.#replyFirst(reply, ephemeral);
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

  /** Where the first answer was a deferral, an edit completes it; to a component it may be the message itself, which stays as it is. */
  async #replyFirst(reply: Reply, ephemeral: boolean): Promise<void> {
    const { id, token } = this.#interaction;
    const body = { ...messageBody(reply), ...flags(ephemeral) };
    const fresh = await this.#first('answered', () => this.#api.interactions.reply(id, token, body));
    if (!fresh && !this.#traits.updates) await this.#edit(reply);
  }

  /**
   * Resolves with whether it is the first: what Discord took may be sent again, by the HTTP client where the response was lost on its way,
   * or by a successor where the process ended.
   */
  async #first(state: State, send: () => Promise<unknown>): Promise<boolean> {
    let fresh = true;
    try {
      await send();
    } catch (error) {
      if (discordErrorCode(error) !== alreadyAcknowledged) throw error;
      fresh = false;
    }
    this.#advance(state);
    return fresh;
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
