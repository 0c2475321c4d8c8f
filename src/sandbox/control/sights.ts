import type { GatewayReport } from '../gateway/gateway.ts';
import type { WorldGuild } from '../world/guild.ts';
import { permissionsIn } from '../world/permissions.ts';
import type { GuildSight } from './guilds.ts';
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
