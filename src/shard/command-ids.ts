import type { API } from '../discord/discord.ts';
import { errorText } from '../lib/error-text.ts';
import { inTime } from '../lib/within.ts';
import type { Logger } from '../telemetry/log.ts';

/** An id stays as long as the command is registered. */
const keptMs = 600_000;

/** Nobody waits longer for what is only nicer with it. */
const patienceMs = 1_000;

/** The ids under which Discord knows our global commands, asked for when somebody is to see them. */
export class CommandIds {
  readonly #api: API;
  readonly #log: Logger;
  #known: ReadonlyMap<string, string> = new Map();
  #askAgainAtMs = 0;

  constructor(api: API, log: Logger) {
    this.#api = api;
    this.#log = log;
  }

  /** By name; what was known last while Discord does not answer. */
  async all(applicationId: string): Promise<ReadonlyMap<string, string>> {
    if (Date.now() >= this.#askAgainAtMs) {
      this.#askAgainAtMs = Date.now() + keptMs;
      await inTime(this.#ask(applicationId), patienceMs);
    }
    return this.#known;
  }

  async #ask(applicationId: string): Promise<void> {
    try {
      const commands = await this.#api.applicationCommands.getGlobalCommands(applicationId);
      this.#known = new Map(commands.map(({ name, id }) => [name, id]));
    } catch (error) {
      this.#log.warn({ reason: errorText(error) }, 'the ids of the commands are not known');
      this.#askAgainAtMs = 0;
    }
  }
}
