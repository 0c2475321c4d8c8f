import type { Fault } from '../faults/active-faults.ts';
import type { GatewayReport } from '../gateway/gateway.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { FaultSight } from './faults.ts';
import type { GuildSight } from './guilds.ts';
import type { SessionsSight } from './sessions.ts';

/** A guild as the control API shows it. */
export function guildSight(guild: WorldGuild, shards: number): GuildSight {
  return {
    id: guild.id,
    name: guild.name,
    shardId: guild.createdMs % shards,
    channels: guild.channels.map(({ id, name }) => ({ id, name })),
    roles: guild.roles.map(({ id, name, permissions }) => ({ id, name, permissions })),
    members: guild.members.map(({ user, kind, permissions }) => ({
      id: user.id,
      username: user.username,
      kind,
      permissions: String(permissions),
    })),
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
