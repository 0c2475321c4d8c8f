import type { APIUser } from 'discord-api-types/v10';
import { createdMsOf, snowflakeAt } from '../snowflake.ts';
import { makeGuild, type WorldChannel, type WorldGuild } from './guild.ts';
import { seededRandom } from './random.ts';

/**
 * Guilds are made this many milliseconds apart, about an hour. It is prime, so by Discord's formula
 * `(guild_id >> 22) % num_shards` consecutive guilds fall on consecutive places of any number of shards: an even spread.
 */
const guildStepMs = 3_600_001;

/** Discord's first guilds are from May 2015; the world starts up to a year after 2016, by its seed. */
const earliestMs = 31_536_000_000;

/** A channel and the guild it is in. */
export type Place = { readonly guild: WorldGuild; readonly channel: WorldChannel };

/**
 * Guilds, channels, roles and members that depend on a seed alone: same seed, same ids.
 * A guild is made when somebody asks for it, so tens of thousands cost nothing until then.
 */
export class World {
  readonly guildCount: number;
  readonly #seed: number;
  readonly #firstMs: number;
  readonly #botUser: APIUser;
  readonly #guilds = new Map<string, WorldGuild>();

  constructor(options: { readonly seed: number; readonly guilds: number; readonly botUser: APIUser }) {
    this.guildCount = options.guilds;
    this.#seed = options.seed;
    this.#botUser = options.botUser;
    this.#firstMs = earliestMs + Math.floor(seededRandom(options.seed)() * earliestMs);
  }

  guild(id: string): WorldGuild | undefined {
    const known = this.#guilds.get(id);
    if (known) return known;
    const index = this.#indexOf(id);
    if (index === undefined) return undefined;
    const guild = makeGuild(this.#seed, index, this.#createdMs(index), this.#botUser);
    this.#guilds.set(id, guild);
    return guild;
  }

  /** A channel by its id, which lies within its guild's own hour. */
  place(channelId: string): Place | undefined {
    const guild = this.#guildOfHour(channelId);
    const channel = guild?.channels.find(({ id }) => id === channelId);
    return guild && channel && { guild, channel };
  }

  /** A user by their id, the bot included. */
  user(id: string): APIUser | undefined {
    if (id === this.#botUser.id) return this.#botUser;
    return this.#guildOfHour(id)?.members.find(({ user }) => user.id === id)?.user;
  }

  /** Ids of guilds in order of age, the oldest whose id is greater than `after` (default: of all) first. */
  guildIds(limit: number, after = '0'): readonly string[] {
    const start = this.#countUpTo(after);
    return this.#idsBetween(start, start + limit);
  }

  /** Ids of the youngest guilds whose id is less than `before`, in order of age. */
  guildIdsBefore(limit: number, before: string): readonly string[] {
    const end = this.#countUpTo(before) - (this.#indexOf(before) === undefined ? 0 : 1);
    return this.#idsBetween(end - limit, end);
  }

  guildIdsOfShard(shardId: number, shardCount: number): readonly string[] {
    const ids: string[] = [];
    for (let index = 0; index < this.guildCount; index += 1) {
      if (this.#createdMs(index) % shardCount === shardId) ids.push(this.#idAt(index));
    }
    return ids;
  }

  #idsBetween(start: number, end: number): readonly string[] {
    const first = Math.max(0, start);
    const count = Math.max(0, Math.min(end, this.guildCount) - first);
    return Array.from({ length: count }, (_, offset) => this.#idAt(first + offset));
  }

  /** What belongs to a guild has an id of the hour after its own. */
  #guildOfHour(id: string): WorldGuild | undefined {
    const count = this.#countUpTo(id);
    return count === 0 ? undefined : this.guild(this.#idAt(count - 1));
  }

  /** How many guilds have an id that is not greater than `id`. */
  #countUpTo(id: string): number {
    const index = Math.floor(((createdMsOf(id) ?? 0) - this.#firstMs) / guildStepMs);
    return Math.max(0, Math.min(index + 1, this.guildCount));
  }

  #createdMs(index: number): number {
    return this.#firstMs + index * guildStepMs;
  }

  #idAt(index: number): string {
    return snowflakeAt(this.#createdMs(index), 0);
  }

  #indexOf(id: string): number | undefined {
    const index = ((createdMsOf(id) ?? -1) - this.#firstMs) / guildStepMs;
    const exists =
      Number.isInteger(index) && index >= 0 && index < this.guildCount && this.#idAt(index) === id;
    return exists ? index : undefined;
  }
}
