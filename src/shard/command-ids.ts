import type { API } from '../discord/discord.ts';
import { errorText } from '../lib/error-text.ts';
import { inTime } from '../lib/within.ts';
import type { Logger } from '../telemetry/log.ts';

/** An id stays as long as the command is registered. */
const keptMs = 600_000;

/** While Discord does not tell. */
const againMs = 10_000;

/** Nobody waits longer for what is only nicer with it, and that once in the life of a process. */
const patienceMs = 1_000;

/** The ids under which Discord knows our global commands, by which a text makes them clickable. */
export class CommandIds {
  readonly #api: API;
  readonly #log: Logger;
  #known: ReadonlyMap<string, string> = new Map();
  #askAgainAtMs = 0;
  #first: Promise<unknown> | undefined;

  constructor(api: API, log: Logger) {
    this.#api = api;
    this.#log = log;
  }

  /** Resolves when Discord has told them for the first time, or does not: waits at most a second, and never rejects. */
  async firstAsked(applicationId: string): Promise<void> {
    this.#first ??= inTime(this.#refresh(applicationId), patienceMs);
    await this.#first;
  }

  /** By name; what was known last while Discord does not answer. */
  known(applicationId: string): ReadonlyMap<string, string> {
    void this.#refresh(applicationId);
    return this.#known;
  }

  async #refresh(applicationId: string): Promise<void> {
    if (Date.now() < this.#askAgainAtMs) return;
    this.#askAgainAtMs = Date.now() + keptMs;
    try {
      const commands = await this.#api.applicationCommands.getGlobalCommands(applicationId);
      this.#known = new Map(commands.map(({ name, id }) => [name, id]));
    } catch (error) {
      this.#log.warn({ reason: errorText(error) }, 'the ids of the commands are not known');
      this.#askAgainAtMs = Date.now() + againMs;
    }
  }
}
