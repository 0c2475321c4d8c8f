import type { GuildSight, RunCommand } from '../sandbox/client.ts';

/** One thing a simulated member does, and what they must then see. */
export interface Scene {
  readonly guild: GuildSight;
  readonly member: string;
  readonly typed: string;
  readonly run: RunCommand;
  readonly expected: readonly RegExp[];
}

type Kind = GuildSight['members'][number]['kind'];

/** The bot's three commands, on a guild of the first shard and one of the last. */
export function scenes(guilds: readonly GuildSight[], shards: number): Scene[] {
  const first = guildOf(guilds, 0);
  const last = guildOf(guilds, shards - 1);
  const count = String(shards);
  return [
    scene(first, 'member', 'ping', {}, [/^▌ Pong!/m, new RegExp(`Shard: 0 of ${count}`), /REST: \d+ ms/]),
    scene(last, 'member', 'ping', {}, [/^▌ Pong!/m, new RegExp(`Shard: ${shards - 1} of ${count}`)]),
    scene(last, 'moderator', 'settings set', { time_zone: 'Europe/Berlin', accent_colour: '#E76F51' }, [
      /Time zone: Europe\/Berlin/,
      /Accent colour: #E76F51/,
    ]),
    scene(last, 'owner', 'settings view', {}, [/Time zone: Europe\/Berlin/, /Version 1/]),
    scene(first, 'member', 'weather', { city: 'Berlin' }, [/^▌ Weather in Berlin/m, /Open-Meteo/]),
    scene(first, 'member', 'about', {}, [new RegExp(`Shards: ${count} of ${count} ready`), /you are here/]),
  ];
}

function scene(
  guild: GuildSight,
  kind: Kind,
  command: string,
  options: Readonly<Record<string, string>>,
  expected: readonly RegExp[],
): Scene {
  const member = guild.members.find((candidate) => candidate.kind === kind);
  if (member === undefined) throw new Error(`guild ${guild.id} has no ${kind}`);
  const given = Object.entries(options).map(([name, value]) => ` ${name}:${value}`);
  return {
    guild,
    member: member.username,
    typed: `/${command}${given.join('')}`,
    run: { guildId: guild.id, userId: member.id, command, options },
    expected,
  };
}

function guildOf(guilds: readonly GuildSight[], shardId: number): GuildSight {
  const guild = guilds.find((candidate) => candidate.shardId === shardId);
  if (guild === undefined)
    throw new Error(`the sandbox has no guild on shard ${shardId}: ask for more with --guilds`);
  return guild;
}
