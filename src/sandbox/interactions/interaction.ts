import type {
  APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionType,
} from 'discord-api-types/v10';
import type { KeptMessage } from '../messages/kept-message.ts';
import type { ModalForm } from '../messages/modal-form.ts';

/** Who asked what, and where: what an interaction was before anybody answered. */
export type InteractionOrigin = {
  readonly type: InteractionType;
  readonly applicationId: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly user: APIUser;
  /** What a member typed or chose: `settings set`; empty for components and modals. */
  readonly commandName: string;
  readonly commandType?: ApplicationCommandType;
  /** Of a user or message command. */
  readonly targetId?: string;
  /** For autocomplete: what the values it is answered with must be. */
  readonly optionType?: ApplicationCommandOptionType;
  /** The message whose component was used, by this interaction or by the one whose modal it submits. */
  readonly source?: KeptMessage;
  /** The interaction that the submitted modal answered. */
  readonly trigger?: Interaction;
};

export type Choice = { readonly name: string; readonly value: string | number };

/**
 * - `waiting`: no answer yet, inside the window of the first one
 * - `failed`: that window passed
 * - `thinking`: deferred, and neither edited nor followed up
 * - `answered`: there was an answer to see, or a modal, or an acknowledgement without either
 */
export type InteractionState = 'waiting' | 'failed' | 'thinking' | 'answered';

/** An interaction from the moment it is sent until its token expires. */
export class Interaction {
  readonly id: string;
  readonly token: string;
  readonly origin: InteractionOrigin;
  readonly sentAt = performance.now();
  state: InteractionState = 'waiting';
  /** The shard whose connected session was sent it. */
  shardId: number | null = null;
  /** From sending to the first callback, in milliseconds. */
  answeredInMs: number | undefined;
  /** The answer, or the component's message where the answer updates that. */
  original: KeptMessage | undefined;
  modal: ModalForm | undefined;
  /** Of an answered autocomplete. */
  choices: readonly Choice[] = [];
  readonly followUps = new Map<string, KeptMessage>();
  readonly #observer: (interaction: Interaction) => void;
  /** Few are watched, and many are kept. */
  #watchers: Set<() => void> | undefined;
  #atFirstAnswer: ((answered: boolean) => void) | undefined;

  /** `observer` is told of every change. */
  constructor(
    id: string,
    token: string,
    origin: InteractionOrigin,
    observer: (interaction: Interaction) => void,
  ) {
    this.id = id;
    this.token = token;
    this.origin = origin;
    this.#observer = observer;
  }

  /** Tells once, whether a first answer came before its window closed. */
  onFirstAnswer(tell: (answered: boolean) => void): void {
    this.#atFirstAnswer = tell;
  }

  changed(): void {
    this.#atFirstAnswer?.(this.state !== 'failed');
    this.#atFirstAnswer = undefined;
    this.#observer(this);
    for (const watcher of this.#watchers ?? []) watcher();
  }

  /**
   * Resolves once the member has something final to see: the first answer, or its absence, which its own window
   * bounds; after a deferral what follows it, or `ms`.
   */
  async settled(ms: number): Promise<void> {
    await this.#until(() => this.state !== 'waiting');
    if (this.state === 'thinking') await this.#until(() => this.state !== 'thinking', ms);
  }

  #until(isDone: () => boolean, ms?: number): Promise<void> {
    if (isDone()) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#watchers?.delete(check);
        resolve();
      };
      const check = () => {
        if (isDone()) finish();
      };
      const timer = ms === undefined ? undefined : setTimeout(finish, ms).unref();
      this.#watchers ??= new Set();
      this.#watchers.add(check);
    });
  }
}
