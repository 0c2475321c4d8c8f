import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import type { RegisteredCommand } from '../commands/command-registry.ts';
import type { GatewayReport } from '../gateway/gateway.ts';
import type { WorldGuild } from '../world/guild.ts';
import { permissionsIn } from '../world/permissions.ts';
import type { WorldMember } from '../world/member.ts';
import type { CommandSight } from './guild-commands.ts';
import type { Fault } from '../faults/active-faults.ts';
import type { FaultSight } from './faults.ts';
import type { GuildSight } from './guilds.ts';
import type { MemberSight } from './member-search.ts';
import type { SessionsSight } from './sessions.ts';

/** Of a guild's members a sight shows these: the owner, a moderator and an ordinary member come first. */
const membersSeen = 25;

/** A guild as the control API shows it. */
export function guildSight(guild: WorldGuild, shards: number): GuildSight {
  return {
    id: guild.id,
    name: guild.name,
    shardId: guild.createdMs % shards,
    channels: guild.channels.map(({ id, name }) => ({ id, name })),
    roles: guild.roles.map(({ id, name, permissions }) => ({ id, name, permissions })),
    members: guild.members.first(membersSeen).map((member) => ({
      id: member.user.id,
      username: member.user.username,
      kind: member.kind,
      permissions: String(permissionsIn(guild, member)),
    })),
    memberCount: guild.members.count,
  };
}

/** A fault as the control API shows it. */
export function faultSight({ id, form, struck, endsAt }: Fault): FaultSight {
  const endsInMs = endsAt === Infinity ? null : Math.max(0, endsAt - performance.now());
  return { id, settings: form, struck, endsInMs };
}

/** Who is connected, as the control API shows it. */
export function sessionsSight({ sessions, ...report }: GatewayReport): SessionsSight {
  return {
    sessions: sessions.map(({ id, shardId, shardCount, connected, sequence, resumes: own }) => ({
      sessionId: id,
      shardId,
      shardCount,
      connected,
      sequence,
      resumes: own,
    })),
    ...report,
  };
}

export function memberSight({ user, nick, kind }: WorldMember): MemberSight {
  const displayName = nick ?? user.global_name ?? user.username;
  return { id: user.id, username: user.username, displayName, kind };
}

/** A command without what only the bot needs to know of it. */
export function commandSight({ id, type, name, description, options }: RegisteredCommand): CommandSight {
  return { id, type, name, description, options: (options ?? []) as APIApplicationCommandOption[] };
}
