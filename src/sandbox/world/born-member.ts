import type { APIRole, APIUser } from 'discord-api-types/v10';
import { isoTime } from '../snowflake.ts';
import { bornId, type Origin } from './born-ids.ts';
import type { GuildSeed } from './guild-seed.ts';
import { makeMember, type MemberKind, type WorldMember } from './member.ts';
import { makePerson } from './person.ts';
import { seededRandom } from './random.ts';

/** The people of a guild by number: its owner, a moderator, an ordinary member without any role, then all the others. */
const firstKinds: readonly MemberKind[] = ['owner', 'moderator', 'member'];

/** Members joined within two years of their guild. */
const joinSpanMs = 2 * 365 * 86_400_000;

export function bornMember(seed: GuildSeed, nth: number): WorldMember {
  const { origin, fixedRoles } = seed;
  const user = bornUser(origin, nth);
  const kind = firstKinds[nth] ?? 'member';
  if (kind === 'owner') return makeMember(kind, user, [fixedRoles.admin.id], isoTime(origin.createdMs));
  const random = seededRandom(origin.seed, origin.index, nth, 2);
  const joinedAt = isoTime(origin.createdMs + Math.floor(random() * joinSpanMs));
  const roles = nth < firstKinds.length ? [] : someOf(seed.vanityRoles, random);
  const isStaff = kind === 'moderator' || (nth >= firstKinds.length && random() < 0.01);
  const member = makeMember(kind, user, isStaff ? [fixedRoles.moderator.id, ...roles] : roles, joinedAt);
  return nth >= firstKinds.length && random() < 0.15 ? { ...member, nick: `${user.global_name} ✦` } : member;
}

/** The user whom a guild's member is; they stay when the member leaves. */
export function bornUser(origin: Origin, nth: number): APIUser {
  return makePerson(bornId(origin, 'member', nth), seededRandom(origin.seed, origin.index, nth, 1));
}

/** Most have few roles: each further one half as often. */
function someOf(roles: readonly APIRole[], random: () => number): string[] {
  const chosen = new Set<string>();
  while (chosen.size < roles.length && random() < 0.5) {
    const role = roles[Math.floor(random() * roles.length)];
    if (role) chosen.add(role.id);
  }
  return [...chosen];
}
