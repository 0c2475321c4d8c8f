import { AuditLogEvent, GatewayDispatchEvents, type APIUser } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { SnowflakeClock } from '../snowflake.ts';
import { differences, type Deed } from './audit-log.ts';
import type { WorldGuild } from './guild.ts';
import { makeMember, memberWithUser, type WorldMember } from './member.ts';
import type { Stage } from './stage.ts';

const events = GatewayDispatchEvents;

/** What can be changed of a member. */
export type MemberFields = {
  readonly nick?: string | null;
  /** All of them, without @everyone. */
  readonly roles?: readonly string[];
  /** ISO time; null ends the time-out. */
  readonly timedOutUntil?: string | null;
};

/** Members who come, change and go. Each method throws Discord's error for what is not there. */
export class MemberChanges {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Somebody joins; one who is a member already stays what they are. */
  add(guildId: string, user: APIUser, fields: MemberFields = {}): WorldMember {
    const guild = this.#stage.guild(guildId);
    const present = guild.members.get(user.id);
    if (present) return present;
    const roles = checkedRoles(guild, fields.roles ?? []);
    const member = { ...makeMember('member', user, roles, SnowflakeClock.nowIso()), ...fields };
    guild.overlay.members.set(user.id, member);
    this.#stage.tell(guild, events.GuildMemberAdd, memberWithUser(member));
    return member;
  }

  update(guildId: string, userId: string, fields: MemberFields, deed: Deed): WorldMember {
    const guild = this.#stage.guild(guildId);
    const before = memberOf(guild, userId);
    checkedRoles(guild, fields.roles ?? []);
    const after = { ...before, ...fields };
    if (differences(before, after).length === 0) return before;
    guild.overlay.members.set(userId, after);
    this.#stage.tell(guild, events.GuildMemberUpdate, memberWithUser(after));
    this.#logRoles(guild, before, after, deed);
    this.#logOthers(guild, before, after, deed);
    return after;
  }

  /** The member goes by themselves. */
  leave(guildId: string, userId: string): void {
    const guild = this.#stage.guild(guildId);
    this.remove(guild, memberOf(guild, userId));
  }

  kick(guildId: string, userId: string, deed: Deed): void {
    const guild = this.#stage.guild(guildId);
    this.remove(guild, memberOf(guild, userId));
    this.#stage.log(guild, deed, { action: AuditLogEvent.MemberKick, target: userId });
  }

  /** Members who were away for `days` go at once; the log counts them. */
  prune(guildId: string, userIds: readonly string[], days: number, deed: Deed): void {
    const guild = this.#stage.guild(guildId);
    for (const id of userIds) this.remove(guild, memberOf(guild, id));
    const options = { delete_member_days: String(days), members_removed: String(userIds.length) };
    this.#stage.log(guild, deed, { action: AuditLogEvent.MemberPrune, target: null, options });
  }

  /** For a ban, too. */
  remove(guild: WorldGuild, { user }: WorldMember): void {
    guild.overlay.members.set(user.id, null);
    for (const members of guild.overlay.threadMembers.values()) members.delete(user.id);
    this.#stage.tell(guild, events.GuildMemberRemove, { user });
  }

  #logRoles(guild: WorldGuild, before: WorldMember, after: WorldMember, deed: Deed): void {
    const named = (from: WorldMember, to: WorldMember) =>
      guild.roles
        .filter(({ id }) => to.roles.includes(id) && !from.roles.includes(id))
        .map(({ id, name }) => ({ id, name }));
    const changes = [
      { key: '$add', new_value: named(before, after) },
      { key: '$remove', new_value: named(after, before) },
    ].filter(({ new_value }) => new_value.length > 0);
    if (changes.length === 0) return;
    this.#stage.log(guild, deed, { action: AuditLogEvent.MemberRoleUpdate, target: after.user.id, changes });
  }

  #logOthers(guild: WorldGuild, before: WorldMember, after: WorldMember, deed: Deed): void {
    const changes = differences(logged(before), logged(after));
    if (changes.length === 0) return;
    this.#stage.log(guild, deed, { action: AuditLogEvent.MemberUpdate, target: after.user.id, changes });
  }
}

function memberOf(guild: WorldGuild, userId: string): WorldMember {
  const member = guild.members.get(userId);
  if (!member) throw discordErrors.unknownMember();
  return member;
}

function checkedRoles(guild: WorldGuild, roles: readonly string[]): readonly string[] {
  if (roles.some((id) => !guild.role(id))) throw discordErrors.unknownRole();
  return roles;
}

function logged({ nick, timedOutUntil }: WorldMember): object {
  return { nick, communication_disabled_until: timedOutUntil };
}
