import type { APIGuildMember, APIRole, APIUser, GuildMemberFlags, UserFlags } from 'discord-api-types/v10';
import { isoTime } from '../snowflake.ts';
import { userName } from './names.ts';
import { permissionsOf } from './permissions.ts';

export type MemberKind = 'owner' | 'moderator' | 'member' | 'bot';

export type WorldMember = {
  readonly kind: MemberKind;
  readonly user: APIUser;
  /** Without @everyone, as Discord lists them. */
  readonly roles: readonly string[];
  readonly joinedAt: string;
  readonly permissions: bigint;
};

type GuildRoles = { readonly [name in 'everyone' | 'moderator' | 'admin' | 'bot']: APIRole };
type Birth = {
  readonly createdMs: number;
  readonly roles: GuildRoles;
  readonly botUser: APIUser;
  readonly childId: () => string;
  readonly random: () => number;
};

/** The people of a new guild: its owner, a moderator (Manage Guild), an ordinary member, and the bot. */
export function makeMembers(birth: Birth): { members: readonly WorldMember[]; bot: WorldMember } {
  const { roles } = birth;
  return {
    members: [
      makeMember(birth, 'owner', makePerson(birth), [roles.admin]),
      makeMember(birth, 'moderator', makePerson(birth), [roles.moderator]),
      makeMember(birth, 'member', makePerson(birth), []),
    ],
    bot: makeMember(birth, 'bot', birth.botUser, [roles.bot]),
  };
}

/** The member object of Discord's API, without `user`. */
export function memberPayload(member: WorldMember): Omit<APIGuildMember, 'user'> {
  return {
    nick: null,
    avatar: null,
    banner: null,
    roles: [...member.roles],
    joined_at: member.joinedAt,
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
    deaf: false,
    mute: false,
    flags: 0 as GuildMemberFlags,
  };
}

function makeMember(birth: Birth, kind: MemberKind, user: APIUser, roles: readonly APIRole[]): WorldMember {
  const granted = [birth.roles.everyone, ...roles].map((role) => BigInt(role.permissions));
  return {
    kind,
    user,
    roles: roles.map((role) => role.id),
    joinedAt: isoTime(birth.createdMs),
    permissions: permissionsOf(kind === 'owner', granted),
  };
}

function makePerson({ childId, random }: Birth): APIUser {
  const username = userName(random);
  return {
    id: childId(),
    username,
    discriminator: '0',
    global_name: username.replace(/_.*/, '').replace(/^./, (first) => first.toUpperCase()),
    avatar: null,
    flags: 0 as UserFlags,
    public_flags: 0 as UserFlags,
    primary_guild: null,
  };
}
