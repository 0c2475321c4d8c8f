import type { API } from '../discord/discord.ts';
import { errorText } from '../lib/error-text.ts';
import { inTime } from '../lib/within.ts';
import type { Logger } from '../telemetry/log.ts';

/** A team changes rarely, and is asked for by few; where Discord did not say, it is asked again after a minute. */
const keptMs = 3_600_000;
const againMs = 60_000;

/** Whoever asks waits for an answer of their own. */
const waitMs = 500;

/** Who runs the bot: those that the environment names, else the application's owner or the members of its team. */
export class Owners {
  readonly #api: API;
  readonly #log: Logger;
  #known: ReadonlySet<string>;
  #asking: Promise<void> = Promise.resolve();
  #askAtMs: number;

  constructor(api: API, configured: readonly string[], log: Logger) {
    this.#api = api;
    this.#log = log;
    this.#known = new Set(configured);
    this.#askAtMs = configured.length > 0 ? Infinity : 0;
  }

  /** Never rejects: as far as Discord has told, for which nobody waits long. */
  async has(userId: string): Promise<boolean> {
    if (Date.now() >= this.#askAtMs) {
      this.#askAtMs = Date.now() + againMs;
      this.#asking = this.#ask();
    }
    await inTime(this.#asking, waitMs);
    return this.#known.has(userId);
  }

  async #ask(): Promise<void> {
    try {
      const { owner, team } = await this.#api.applications.getCurrent();
      const members = team?.members.map(({ user }) => user.id) ?? [];
      this.#known = new Set(members.length > 0 ? members : owner === undefined ? [] : [owner.id]);
      this.#askAtMs = Date.now() + keptMs;
    } catch (error) {
      this.#log.warn({ reason: errorText(error) }, 'Discord does not say who owns the application');
    }
  }
}
