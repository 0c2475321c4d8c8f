import { discordErrors } from '../forms/discord-error.ts';

/** application-commands.mdx:1269: a bulk overwrite counts those names alone that are new. */
const limit = 200;
const dayMs = 86_400_000;

type Day = { readonly startedAt: number; created: number };

/** How many commands were made today, per guild and for the global scope. */
export class DailyCreates {
  readonly #days = new Map<string | undefined, Day>();

  /** Throws Discord's error where so many more would be too many. */
  check(guildId: string | undefined, more: number): void {
    if (this.#today(guildId).created + more > limit) throw discordErrors.tooManyCreates(limit);
  }

  count(guildId: string | undefined, more: number): void {
    const day = this.#today(guildId);
    day.created += more;
    this.#days.set(guildId, day);
  }

  #today(guildId: string | undefined): Day {
    const day = this.#days.get(guildId);
    const nowMs = performance.now();
    return day && nowMs - day.startedAt < dayMs ? day : { startedAt: nowMs, created: 0 };
  }
}
