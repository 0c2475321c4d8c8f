import type { APIGuildMember, APIUser, GuildMemberFlags } from 'discord-api-types/v10';

/** What somebody was when they came; what they may now, their roles say. */
export type MemberKind = 'owner' | 'moderator' | 'member' | 'bot';

export type WorldMember = {
  readonly kind: MemberKind;
  readonly user: APIUser;
  /** Without @everyone, as Discord lists them. */
  readonly roles: readonly string[];
  readonly joinedAt: string;
  readonly nick: string | null;
  /** ISO time; one that is past means nothing any more. */
  readonly timedOutUntil: string | null;
};

/** The member object of Discord's API, without `user`. */
export function memberPayload(member: WorldMember): Omit<APIGuildMember, 'user'> {
  return {
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: [...member.roles],
    joined_at: member.joinedAt,
    premium_since: null,
    communication_disabled_until: member.timedOutUntil,
    pending: false,
    deaf: false,
    mute: false,
    flags: 0 as GuildMemberFlags,
  };
}

/** The member object of Discord's API. */
export function memberWithUser(member: WorldMember): APIGuildMember {
  return { ...memberPayload(member), user: member.user };
}

export function makeMember(
  kind: MemberKind,
  user: APIUser,
  roles: readonly string[],
  joinedAt: string,
): WorldMember {
  return { kind, user, roles, joinedAt, nick: null, timedOutUntil: null };
}
