import { AuditLogEvent, GatewayDispatchEvents, type APIRole } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { differences, type Deed } from './audit-log.ts';
import type { WorldChannel } from './channel.ts';
import type { WorldGuild } from './guild.ts';
import { changedRole, makeRole, type RoleFields } from './roles.ts';
import type { Stage } from './stage.ts';

const events = GatewayDispatchEvents;
const mostRoles = 250;

/** Each method throws Discord's error for a role that is not there. */
export class RoleChanges {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** A new role stands lowest and grants what @everyone has (resources/guild.mdx, Create Guild Role). */
  create(guildId: string, fields: RoleFields, deed: Deed): APIRole {
    const guild = this.#stage.guild(guildId);
    if (guild.roles.length >= mostRoles) throw discordErrors.tooManyRoles(mostRoles);
    const permissions = guild.role(guild.id)?.permissions ?? '0';
    const role = makeRole(this.#stage.nextId(), { permissions, position: 1, ...fields });
    guild.overlay.roles = [...guild.roles, role];
    this.#stage.tell(guild, events.GuildRoleCreate, { role });
    const changes = differences(undefined, logged(role));
    this.#stage.log(guild, deed, { action: AuditLogEvent.RoleCreate, target: role.id, changes });
    return role;
  }

  update(guildId: string, roleId: string, fields: RoleFields, deed: Deed): APIRole {
    const guild = this.#stage.guild(guildId);
    const before = roleOf(guild, roleId);
    const after = changedRole(before, fields);
    if (differences(before, after).length === 0) return before;
    guild.overlay.roles = guild.roles.map((role) => (role === before ? after : role));
    this.#stage.tell(guild, events.GuildRoleUpdate, { role: after });
    const changes = differences(logged(before), logged(after));
    // Discord does not log that roles were sorted.
    if (changes.length > 0)
      this.#stage.log(guild, deed, { action: AuditLogEvent.RoleUpdate, target: roleId, changes });
    return after;
  }

  /** Nobody has the role any more and no channel speaks of it; of that no event tells. */
  delete(guildId: string, roleId: string, deed: Deed): void {
    const guild = this.#stage.guild(guildId);
    const gone = roleOf(guild, roleId);
    guild.overlay.roles = guild.roles.filter((role) => role !== gone);
    guild.overlay.channels = guild.channels.map((channel) => withoutOverwrite(channel, roleId));
    this.#stage.tell(guild, events.GuildRoleDelete, { role_id: roleId });
    const changes = differences(logged(gone), undefined);
    this.#stage.log(guild, deed, { action: AuditLogEvent.RoleDelete, target: roleId, changes });
  }
}

function withoutOverwrite(channel: WorldChannel, roleId: string): WorldChannel {
  const permission_overwrites = channel.permission_overwrites.filter(({ id }) => id !== roleId);
  return { ...channel, permission_overwrites };
}

function roleOf(guild: WorldGuild, roleId: string): APIRole {
  const role = guild.role(roleId);
  if (!role) throw discordErrors.unknownRole();
  return role;
}

function logged({ name, permissions, color, hoist, mentionable }: APIRole): object {
  return { name, permissions, color, hoist, mentionable };
}
