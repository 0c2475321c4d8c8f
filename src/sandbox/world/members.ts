import { compareIds } from '../snowflake.ts';
import { bornAfter, bornId, bornIndex } from './born-ids.ts';
import { bornMember } from './born-member.ts';
import type { GuildSeed } from './guild-seed.ts';
import { Latest } from './latest.ts';
import type { WorldMember } from './member.ts';
import type { Overlay } from './overlay.ts';

/** Born members that are held for the next who asks: those who lead a guild are asked for again and again. */
const bornHeld = 16;

/**
 * Everybody in a guild, the bot included: those whom its seed makes, made when they are asked for, and what was changed
 * since. A guild may have tens of thousands: nothing here holds or lists all of them at once.
 */
export class Members {
  readonly #seed: GuildSeed;
  /** Of what was changed: members who came, changed or went, and the roles that there are. */
  readonly #overlay: Readonly<Pick<Overlay, 'members' | 'roles'>>;

  readonly #born = new Latest<number, WorldMember>(bornHeld);

  constructor(seed: GuildSeed, overlay: Readonly<Pick<Overlay, 'members' | 'roles'>>) {
    this.#seed = seed;
    this.#overlay = overlay;
  }

  get count(): number {
    const { bornMembers, firstMember, guests } = this.#seed;
    let count = bornMembers - firstMember + guests.size;
    for (const [id, member] of this.#overlay.members) {
      if (this.#original(id)) count -= member ? 0 : 1;
      else count += member ? 1 : 0;
    }
    return count;
  }

  get(userId: string): WorldMember | undefined {
    const changed = this.#overlay.members.get(userId);
    const member = changed === undefined ? this.#original(userId) : changed;
    return member ? this.#withPresentRoles(member) : undefined;
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

  /** The owner, a moderator and an ordinary member where they are there still, then all others but the bot. */
  *leading(): Generator<WorldMember, void, undefined> {
    const { origin, ownerId, bot } = this.#seed;
    const known = [ownerId, bornId(origin, 'member', 1), bornId(origin, 'member', 2)];
    for (const id of known) {
      const member = this.get(id);
      if (member) yield member;
    }
    for (const member of this.after('0')) {
      const { id } = member.user;
      if (id !== bot.user.id && !known.includes(id)) yield member;
    }
  }

  /** The first of these. */
  first(limit: number): WorldMember[] {
    return this.leading().take(limit).toArray();
  }

  *#bornAfter(id: string): Generator<WorldMember, void, undefined> {
    const { origin, bornMembers, firstMember } = this.#seed;
    const first = Math.max(firstMember, bornAfter(origin, 'member', id));
    for (let nth = first; nth < bornMembers; nth += 1) {
      const member = bornMember(this.#seed, nth);
      const changed = this.#overlay.members.get(member.user.id);
      if (changed !== null) yield this.#withPresentRoles(changed ?? member);
    }
  }

  /** Those whom the seed does not make by number. */
  #othersAfter(id: string): IteratorObject<WorldMember, undefined> {
    const ids = new Set([...this.#seed.guests.keys(), ...this.#overlay.members.keys()]);
    return [...ids]
      .filter((each) => compareIds(each, id) > 0 && this.#bornNumber(each) === undefined)
      .flatMap((each) => this.get(each) ?? [])
      .toSorted((one, other) => compareIds(one.user.id, other.user.id))
      .values();
  }

  /** A role that was deleted is nobody's any more. */
  #withPresentRoles(member: WorldMember): WorldMember {
    const { roles } = this.#overlay;
    if (!roles) return member;
    return { ...member, roles: member.roles.filter((id) => roles.some((role) => role.id === id)) };
  }

  #original(userId: string): WorldMember | undefined {
    const nth = this.#bornNumber(userId);
    if (nth === undefined) return this.#seed.guests.get(userId);
    return this.#born.get(nth, () => bornMember(this.#seed, nth));
  }

  #bornNumber(userId: string): number | undefined {
    const { origin, firstMember, bornMembers } = this.#seed;
    const nth = bornIndex(origin, 'member', userId);
    return nth !== undefined && nth >= firstMember && nth < bornMembers ? nth : undefined;
  }
}
