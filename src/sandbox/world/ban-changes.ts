import {
  AuditLogEvent,
  GatewayDispatchEvents,
  PermissionFlagsBits,
  type APIUser,
} from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import type { Deed } from './audit-log.ts';
import type { MemberChanges } from './member-changes.ts';
import type { Ban } from './overlay.ts';
import type { Stage } from './stage.ts';

/** A bot with one of these is told of bans. */
const tellsOfBans = PermissionFlagsBits.BanMembers | PermissionFlagsBits.ViewAuditLog;

export class BanChanges {
  readonly #stage: Stage;
  readonly #members: MemberChanges;

  constructor(stage: Stage, members: MemberChanges) {
    this.#stage = stage;
    this.#members = members;
  }

  /** Bans a user, who need not be a member; a second ban changes nothing. */
  add(guildId: string, user: APIUser, deed: Deed): Ban {
    const guild = this.#stage.guild(guildId);
    const standing = guild.bans.get(user.id);
    if (standing) return standing;
    const ban = { user, reason: deed.reason ?? null };
    guild.overlay.bans.set(user.id, ban);
    this.#stage.tellIfAllowed(guild, tellsOfBans, GatewayDispatchEvents.GuildBanAdd, { user });
    const member = guild.members.get(user.id);
    if (member) this.#members.remove(guild, member);
    this.#stage.log(guild, deed, { action: AuditLogEvent.MemberBanAdd, target: user.id });
    return ban;
  }

  /** Throws Discord's error for a user who is not banned. */
  remove(guildId: string, userId: string, deed: Deed): void {
    const guild = this.#stage.guild(guildId);
    const ban = guild.bans.get(userId);
    if (!ban) throw discordErrors.unknownBan();
    guild.overlay.bans.delete(userId);
    const { user } = ban;
    this.#stage.tellIfAllowed(guild, tellsOfBans, GatewayDispatchEvents.GuildBanRemove, { user });
    this.#stage.log(guild, deed, { action: AuditLogEvent.MemberBanRemove, target: userId });
  }
}
