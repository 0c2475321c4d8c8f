import type { API } from '../discord/discord.ts';
import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';

/** A team changes rarely, and is asked for by few. */
const keptMs = 3_600_000;

/** Who runs the bot: those that the environment names, else the application's owner or the members of its team. */
export class Owners {
  readonly #api: API;
  readonly #log: Logger;
  #ids: Promise<ReadonlySet<string>> | undefined;
  #askAgainAtMs = Infinity;

  constructor(api: API, configured: readonly string[], log: Logger) {
    this.#api = api;
    this.#log = log;
    if (configured.length > 0) this.#ids = Promise.resolve(new Set(configured));
  }

  /** Never rejects: while Discord does not tell, nobody is one. */
  async has(userId: string): Promise<boolean> {
    if (this.#ids === undefined || Date.now() >= this.#askAgainAtMs) {
      this.#askAgainAtMs = Date.now() + keptMs;
      this.#ids = this.#ask();
    }
    return (await this.#ids).has(userId);
  }

  async #ask(): Promise<ReadonlySet<string>> {
    try {
      const { owner, team } = await this.#api.applications.getCurrent();
      const members = team?.members.map(({ user }) => user.id) ?? [];
      return new Set(members.length > 0 ? members : owner === undefined ? [] : [owner.id]);
    } catch (error) {
      this.#log.warn({ reason: errorText(error) }, 'Discord does not say who owns the application');
      this.#askAgainAtMs = 0;
      return new Set();
    }
  }
}
