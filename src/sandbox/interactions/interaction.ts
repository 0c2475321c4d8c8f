import type { APIMessage, APIUser } from 'discord-api-types/v10';

/** Who asked what, and where: what an interaction was before anybody answered. */
export type InteractionOrigin = {
  readonly applicationId: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly user: APIUser;
  readonly commandName: string;
};

/**
 * - `waiting`: no answer yet, inside the window of the first one
 * - `failed`: that window passed
 * - `thinking`: deferred, and neither edited nor followed up
 * - `answered`: there was an answer to see, or a modal, or an acknowledgement without either
 */
export type InteractionState = 'waiting' | 'failed' | 'thinking' | 'answered';

/** A modal as the bot sent it. */
export type ModalData = {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly { readonly type: number }[];
};

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
  original: APIMessage | undefined;
  modal: ModalData | undefined;
  readonly followUps = new Map<string, APIMessage>();
  readonly #watchers = new Set<() => void>();

  constructor(id: string, token: string, origin: InteractionOrigin) {
    this.id = id;
    this.token = token;
    this.origin = origin;
  }

  /** Calls `watcher` at every change. */
  watch(watcher: () => void): void {
    this.#watchers.add(watcher);
  }

  changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Resolves once the member has something final to see, or after `ms`. */
  settled(ms: number): Promise<void> {
    const isSettled = () => this.state === 'answered' || this.state === 'failed';
    if (isSettled()) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#watchers.delete(check);
        resolve();
      };
      const check = () => {
        if (isSettled()) finish();
      };
      const timer = setTimeout(finish, ms).unref();
      this.#watchers.add(check);
    });
  }
}
