import type { APIUser } from 'discord-api-types/v10';
import { createdMsOf, snowflakeAt } from '../snowflake.ts';
import { bornIndex, type Origin } from './born-ids.ts';
import { bornUser } from './born-member.ts';
import type { AnyChannel } from './channel.ts';
import { Directs } from './directs.ts';
import { WorldGuild } from './guild.ts';
import { makeGuildSeed, type Strangers } from './guild-seed.ts';
import { Latest } from './latest.ts';
import { emptyOverlay, type Overlay } from './overlay.ts';
import { makePerson } from './person.ts';
import { seededRandom } from './random.ts';
import { guildsWithRegulars, makeRegulars } from './regulars.ts';

/**
 * Guilds are made this many milliseconds apart, about an hour. It is prime, so by Discord's formula
 * `(guild_id >> 22) % num_shards` consecutive guilds fall on consecutive places of any number of shards: an even spread.
 */
const guildStepMs = 3_600_001;

/** Discord's first guilds are from May 2015; the world starts up to a year after 2016, by its seed. */
const earliestMs = 31_536_000_000;

/** Made guilds that are held for the next who asks; one has some 30 KB, a large one 500. */
const guildsHeld = 500;

/** A channel or a thread, and the guild it is in. */
export type Place = { readonly guild: WorldGuild; readonly channel: AnyChannel };

/**
 * Guilds, channels, roles and members that depend on a seed alone: same seed, same ids. A guild is made when somebody asks
 * for it and forgotten again; what was changed in it is kept for ever. What this class tells of are the guilds that the bot
 * is in.
 */
export class World {
  /** What is said to the bot, and by it, outside of guilds. */
  readonly directs: Directs;
  readonly #seed: number;
  readonly #firstMs: number;
  readonly #strangers: Strangers;
  readonly #made = new Latest<number, WorldGuild>(guildsHeld);
  readonly #overlays = new Map<number, Overlay>();
  /** Guilds of which the bot is no member any more, by index. */
  readonly #left = new Set<number>();
  /** Which guild a channel is in that was not born with its guild. */
  readonly #homes = new Map<string, number>();
  readonly #newcomers = new Map<string, APIUser>();
  #count: number;

  constructor(options: { readonly seed: number; readonly guilds: number; readonly botUser: APIUser }) {
    const { seed, guilds, botUser } = options;
    this.#count = guilds;
    this.#seed = seed;
    this.#firstMs = earliestMs + Math.floor(seededRandom(seed)() * earliestMs);
    this.directs = new Directs(seed, botUser);
    this.#strangers = { botUser, regulars: makeRegulars(seed, this.#firstMs) };
  }

  get guildCount(): number {
    return this.#count - this.#left.size;
  }

  /** The users who are in several of the world's first guilds. */
  get regulars(): readonly APIUser[] {
    return this.#strangers.regulars;
  }

  guild(id: string): WorldGuild | undefined {
    const index = this.#indexOf(id);
    return index === undefined ? undefined : this.#guildAt(index);
  }

  /** The guild for a change, which makes it one that is not forgotten. */
  changing(id: string): WorldGuild | undefined {
    const guild = this.guild(id);
    const index = this.#indexOf(id);
    if (guild && index !== undefined) this.#overlays.set(index, guild.overlay);
    return guild;
  }

  /** A channel or a thread by its id; a direct message, too. */
  place(channelId: string): Place | undefined {
    const direct = this.directs.place(channelId);
    if (direct) return direct;
    const home = this.#homes.get(channelId) ?? this.#indexOfHour(channelId);
    const guild = home === undefined ? undefined : this.#guildAt(home);
    const channel = guild?.channel(channelId);
    return guild && channel && { guild, channel };
  }

  /** Makes a channel that was not born with its guild known to `place`. */
  settle(channelId: string, guildId: string): void {
    const index = this.#indexOf(guildId);
    if (index !== undefined) this.#homes.set(channelId, index);
  }

  /** Its channel is deleted. */
  unsettle(channelId: string): void {
    this.#homes.delete(channelId);
  }

  /** A user by their id, whatever guild they are in: the bot, a regular, one born in a guild, a newcomer. */
  user(id: string): APIUser | undefined {
    const { botUser, regulars } = this.#strangers;
    const known = [botUser, ...regulars].find((user) => user.id === id) ?? this.#newcomers.get(id);
    if (known) return known;
    const index = this.#indexOfHour(id);
    if (index === undefined) return undefined;
    const origin = this.#originOf(index);
    const nth = bornIndex(origin, 'member', id);
    const exists = nth !== undefined && nth < makeGuildSeed(origin, this.#strangers).bornMembers;
    return exists ? bornUser(origin, nth) : undefined;
  }

  /** A user who is in no guild yet, with an account as young as `id`. */
  newcomer(id: string): APIUser {
    const user = makePerson(id, seededRandom(this.#seed, this.#newcomers.size));
    this.#newcomers.set(id, user);
    return user;
  }

  /** The guilds, among those that the bot is in, of which the user is a member; the oldest first. */
  guildsOf(userId: string): WorldGuild[] {
    const born = this.#indexOfHour(userId);
    const first = Array.from({ length: Math.min(guildsWithRegulars, this.#count) }, (_, index) => index);
    const candidates = new Set([...first, ...(born === undefined ? [] : [born]), ...this.#overlays.keys()]);
    return [...candidates]
      .toSorted((one, other) => one - other)
      .flatMap((index) => this.#guildAt(index) ?? [])
      .filter(({ members }) => members.get(userId));
  }

  /** Ids of guilds in order of age, the oldest whose id is greater than `after` (default: of all) first. */
  guildIds(limit: number, after = '0'): readonly string[] {
    return this.#present(this.#countUpTo(after)).take(limit).toArray();
  }

  /** Ids of the youngest guilds whose id is less than `before`, in order of age. */
  guildIdsBefore(limit: number, before: string): readonly string[] {
    const end = this.#countUpTo(before) - (this.#isGuild(before) ? 1 : 0);
    return this.#present(end - 1, -1)
      .take(limit)
      .toArray()
      .toReversed();
  }

  guildIdsOfShard(shardId: number, shardCount: number): readonly string[] {
    const ids: string[] = [];
    for (let index = 0; index < this.#count; index += 1) {
      if (this.#createdMs(index) % shardCount === shardId && !this.#left.has(index))
        ids.push(this.#idAt(index));
    }
    return ids;
  }

  /** The bot joins a guild: one that it left, or, without an id, one that was not there before. Returns its id. */
  joinGuild(id?: string): string | undefined {
    if (id === undefined) return this.#idAt(this.#count++);
    return this.#isGuild(id) && this.#left.delete(this.#indexAt(id)) ? id : undefined;
  }

  leaveGuild(id: string): void {
    if (this.#isGuild(id)) this.#left.add(this.#indexAt(id));
  }

  #guildAt(index: number): WorldGuild | undefined {
    if (this.#left.has(index)) return undefined;
    return this.#made.get(index, () => {
      const seed = makeGuildSeed(this.#originOf(index), this.#strangers);
      return new WorldGuild(seed, this.#overlays.get(index) ?? emptyOverlay());
    });
  }

  *#present(start: number, step: 1 | -1 = 1): Generator<string, void, undefined> {
    for (let index = start; index >= 0 && index < this.#count; index += step)
      if (!this.#left.has(index)) yield this.#idAt(index);
  }

  /** What is born in a guild has an id of the hour after the guild's own. */
  #indexOfHour(id: string): number | undefined {
    const count = this.#countUpTo(id);
    return count === 0 ? undefined : count - 1;
  }

  /** How many guilds have an id that is not greater than `id`, whether the bot is in them or not. */
  #countUpTo(id: string): number {
    return Math.max(0, Math.min(Math.floor(this.#indexAt(id)) + 1, this.#count));
  }

  #indexOf(id: string): number | undefined {
    const index = this.#indexAt(id);
    const isOne = Number.isInteger(index) && index >= 0 && index < this.#count && this.#idAt(index) === id;
    return isOne ? index : undefined;
  }

  #isGuild(id: string): boolean {
    return this.#indexOf(id) !== undefined;
  }

  #indexAt(id: string): number {
    return ((createdMsOf(id) ?? 0) - this.#firstMs) / guildStepMs;
  }

  #originOf(index: number): Origin {
    return { seed: this.#seed, index, createdMs: this.#createdMs(index) };
  }

  #createdMs(index: number): number {
    return this.#firstMs + index * guildStepMs;
  }

  #idAt(index: number): string {
    return snowflakeAt(this.#createdMs(index), 0);
  }
}
