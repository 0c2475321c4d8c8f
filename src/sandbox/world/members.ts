import { compareIds } from '../snowflake.ts';
import { bornAfter, bornIndex } from './born-ids.ts';
import { bornMember } from './born-member.ts';
import type { GuildSeed } from './guild-seed.ts';
import type { WorldMember } from './member.ts';

/**
 * Everybody in a guild, the bot included: those whom its seed makes, made when they are asked for, and what was changed
 * since. A guild may have tens of thousands: nothing here holds or lists all of them at once.
 */
export class Members {
  readonly #seed: GuildSeed;
  /** Members who came or were changed; null for one who is gone. */
  readonly #changed: ReadonlyMap<string, WorldMember | null>;

  constructor(seed: GuildSeed, changed: ReadonlyMap<string, WorldMember | null>) {
    this.#seed = seed;
    this.#changed = changed;
  }

  get count(): number {
    const { bornMembers, firstMember, guests } = this.#seed;
    let count = bornMembers - firstMember + guests.size;
    for (const [id, member] of this.#changed) {
      if (this.#original(id)) count -= member ? 0 : 1;
      else count += member ? 1 : 0;
    }
    return count;
  }

  get(userId: string): WorldMember | undefined {
    const changed = this.#changed.get(userId);
    return changed === null ? undefined : (changed ?? this.#original(userId));
  }

  /** In order of their user ids, those whose id is greater than `id`. */
  *after(id: string): Generator<WorldMember, void, undefined> {
    const others = this.#othersAfter(id);
    let next = others.next();
    for (const member of this.#bornAfter(id)) {
      while (!next.done && compareIds(next.value.user.id, member.user.id) < 0) {
        yield next.value;
        next = others.next();
      }
      yield member;
    }
    while (!next.done) {
      yield next.value;
      next = others.next();
    }
  }

  page(limit: number, after = '0'): WorldMember[] {
    return this.after(after).take(limit).toArray();
  }

  /** Those whose user name or nickname begins with `prefix`, in whatever case. */
  search(prefix: string, limit: number): WorldMember[] {
    const start = prefix.toLowerCase();
    return this.after('0')
      .filter(({ user, nick }) => [user.username, nick].some((name) => name?.toLowerCase().startsWith(start)))
      .take(limit)
      .toArray();
  }

  /** For a glance: the owner, a moderator and an ordinary member where they are there still, then others; no bot. */
  first(limit: number): WorldMember[] {
    const known = [this.#seed.ownerId, ...[1, 2].map((nth) => bornMember(this.#seed, nth).user.id)];
    const leading = known.flatMap((id) => this.get(id) ?? []);
    const others = this.after('0').filter(({ user }) => !user.bot && !known.includes(user.id));
    return [...leading, ...others.take(Math.max(0, limit - leading.length))];
  }

  *#bornAfter(id: string): Generator<WorldMember, void, undefined> {
    const { origin, bornMembers, firstMember } = this.#seed;
    const first = Math.max(firstMember, bornAfter(origin, 'member', id));
    for (let nth = first; nth < bornMembers; nth += 1) {
      const member = bornMember(this.#seed, nth);
      const now = this.#changed.size === 0 ? member : this.get(member.user.id);
      if (now) yield now;
    }
  }

  /** Those whom the seed does not make by number. */
  #othersAfter(id: string): IteratorObject<WorldMember, undefined> {
    const ids = new Set([...this.#seed.guests.keys(), ...this.#changed.keys()]);
    return [...ids]
      .filter((each) => compareIds(each, id) > 0 && this.#bornNumber(each) === undefined)
      .flatMap((each) => this.get(each) ?? [])
      .toSorted((one, other) => compareIds(one.user.id, other.user.id))
      .values();
  }

  #original(userId: string): WorldMember | undefined {
    const nth = this.#bornNumber(userId);
    return nth === undefined ? this.#seed.guests.get(userId) : bornMember(this.#seed, nth);
  }

  #bornNumber(userId: string): number | undefined {
    const { origin, firstMember, bornMembers } = this.#seed;
    const nth = bornIndex(origin, 'member', userId);
    return nth !== undefined && nth >= firstMember && nth < bornMembers ? nth : undefined;
  }
}
