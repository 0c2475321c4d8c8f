import type { GuildSight, RunCommand } from '../sandbox/client.ts';

/** One thing a simulated member does, and what they must then see. */
export interface Scene {
  readonly guild: GuildSight;
  readonly member: string;
  readonly typed: string;
  readonly run: RunCommand;
  readonly expected: readonly RegExp[];
  /** What they press then, or choose from, in the answer. */
  readonly press?: Press;
}

export interface Press {
  /** The label of a button, or the placeholder of a select. */
  readonly label: string;
  /** What is chosen in a select. */
  readonly values?: readonly string[];
  readonly expected: readonly RegExp[];
}

type Kind = GuildSight['members'][number]['kind'];

/** A guild of the first shard, one of the last, and how many shards there are. */
interface Stage {
  readonly first: GuildSight;
  readonly last: GuildSight;
  readonly shards: number;
}

/** Each family of commands has its scenes. */
const families: readonly ((stage: Stage) => Scene[])[] = [
  infoScenes,
  settingsScenes,
  lookupScenes,
  remindScenes,
  pollScenes,
  giveawayScenes,
  activityScenes,
  privacyScenes,
];

export function scenes(guilds: readonly GuildSight[], shards: number): Scene[] {
  const stage = { first: guildOf(guilds, 0), last: guildOf(guilds, shards - 1), shards };
  return families.flatMap((family) => family(stage));
}

function infoScenes({ first, last, shards }: Stage): Scene[] {
  const ready = [new RegExp(`Shards: ${shards} of ${shards} ready`), /you are here/];
  return [
    scene(first, 'member', 'ping', {}, [/^▌ Pong!/m, new RegExp(`Shard: 0 of ${shards}`), /REST: \d+ ms/]),
    scene(last, 'member', 'ping', {}, [/^▌ Pong!/m, new RegExp(`Shard: ${shards - 1} of ${shards}`)]),
    scene(first, 'member', 'about', {}, ready),
    {
      ...scene(last, 'member', 'help', {}, [/What I can do/, /About the bot/]),
      press: { label: 'Choose a family', values: ['info'], expected: [/How quickly the bot answers/] },
    },
  ];
}

function settingsScenes({ last }: Stage): Scene[] {
  const chosen = { time_zone: 'Europe/Berlin', accent_colour: '#E76F51' };
  return [
    scene(last, 'moderator', 'settings set', chosen, [/Time zone: Europe\/Berlin/, /Accent colour: #E76F51/]),
    scene(last, 'owner', 'settings view', {}, [/Time zone: Europe\/Berlin/, /Version 1/]),
  ];
}

function lookupScenes({ first }: Stage): Scene[] {
  return [scene(first, 'member', 'weather', { city: 'Berlin' }, [/^▌ Weather in Berlin/m, /Open-Meteo/])];
}

function remindScenes({ first }: Stage): Scene[] {
  const asked = { when: 'tomorrow 9am', about: 'the tea' };
  return [scene(first, 'member', 'remind create', asked, [/I will remind you/, /the tea/])];
}

function pollScenes({ first }: Stage): Scene[] {
  const asked = { question: 'Lunch?', options: 'Pizza | Pasta' };
  return [
    {
      ...scene(first, 'member', 'poll create', asked, [/Lunch\?/, /Pizza/]),
      press: { label: 'Pizza', expected: [/100% · 1 vote/] },
    },
  ];
}

function giveawayScenes({ first }: Stage): Scene[] {
  return [
    {
      ...scene(first, 'moderator', 'giveaway start', { prize: 'A boat', ends: '2h' }, [/Giveaway: A boat/]),
      press: { label: 'Enter', expected: [/1 member has entered/] },
    },
  ];
}

function activityScenes({ first }: Stage): Scene[] {
  return [scene(first, 'member', 'stats', { days: '7' }, [/This server in the last 7 days/])];
}

/** Of whoever has changed the settings something is stored. */
function privacyScenes({ last }: Stage): Scene[] {
  return [
    {
      ...scene(last, 'moderator', 'privacy delete', {}, [/I store 1 thing about you/]),
      press: { label: 'Keep it', expected: [/Nothing was deleted/] },
    },
  ];
}

function scene(
  guild: GuildSight,
  kind: Kind,
  command: string,
  options: Readonly<Record<string, string | number | boolean>>,
  expected: readonly RegExp[],
): Scene {
  const member = guild.members.find((candidate) => candidate.kind === kind);
  if (member === undefined) throw new Error(`guild ${guild.id} has no ${kind}`);
  const given = Object.entries(options).map(([name, value]) => ` ${name}:${String(value)}`);
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
