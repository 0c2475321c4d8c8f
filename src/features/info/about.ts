import type { Say } from '../../i18n/i18n.ts';
import type { ClusterStatus, ShardStatus } from '../../ipc/messages.ts';
import { accentColor } from '../accent-color.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { aboutWords } from './about-words.ts';

type SayAbout = Say<keyof typeof aboutWords.texts.en>;

/** Shards listed one by one: 12 of the longest lines fit a field's 1,024 characters, and beyond that the totals say more. */
const LISTED_SHARDS = 12;

const states = {
  ready: 'stateReady',
  connecting: 'stateConnecting',
  disconnected: 'stateDisconnected',
} as const;

export const about = defineCommand({
  name: 'about',
  description: 'What this bot is, and how its shards are doing',
  async run(context) {
    const say = context.say(aboutWords);
    const [color, status] = await Promise.all([accentColor(context), context.clusterStatus()]);
    const { shardId, version, startedAtMs } = context.shard;
    const fields = [
      ...totals(say, status),
      { name: say('map'), value: shardMap(say, status, shardId) },
      { name: say('version'), value: version, inline: true },
      { name: say('since'), value: `<t:${Math.floor(startedAtMs / 1_000)}:R>`, inline: true },
    ];
    const description = [say('tagline'), ...links(say, context)].join('\n');
    await context.reply({ embeds: [{ title: 'Shoal', description, color, fields }] });
  },
});

function links(say: SayAbout, { links: { support, invite } }: CommandContext): string[] {
  const known = [
    ...(invite === undefined ? [] : [`[${say('add')}](${invite})`]),
    ...(support === undefined ? [] : [`[${say('support')}](${support})`]),
  ];
  return known.length > 0 ? [known.join(' · ')] : [];
}

function totals(say: SayAbout, { processes, shardCount: count }: ClusterStatus) {
  const shards = processes.flatMap((process) => process.shards);
  const servers = shards.reduce((sum, shard) => sum + shard.guilds, 0);
  const ready = shards.filter((shard) => shard.state === 'ready').length;
  const answered = processes.reduce((sum, process) => sum + process.interactions, 0);
  const mib = Math.round(processes.reduce((sum, process) => sum + process.rssBytes, 0) / 2 ** 20);
  return [
    { name: say('servers'), value: say('count', { count: servers }), inline: true },
    { name: say('shards'), value: say('ready', { ready, count }), inline: true },
    { name: say('answered'), value: say('count', { count: answered }), inline: true },
    { name: say('memory'), value: say('memoryIn', { mib, processes: processes.length }), inline: true },
  ];
}

function shardMap(say: SayAbout, { processes, missing }: ClusterStatus, here: number): string {
  const known = processes
    .flatMap((process) => process.shards)
    .map((shard) => [shard.shardId, line(say, shard)] as const);
  const silent = missing.map((id) => [id, say('silent', { id: String(id) })] as const);
  const rows = [...known, ...silent].toSorted(([a], [b]) => a - b);
  const listed = rows
    .slice(0, LISTED_SHARDS)
    .map(([shardId, text]) => (shardId === here ? `${text} ${say('here')}` : text));
  const more = rows.length - listed.length;
  return [...listed, ...(more > 0 ? [say('more', { count: more })] : [])].join('\n');
}

function line(say: SayAbout, { shardId, state, guilds, gatewayLatencyMs: ms }: ShardStatus): string {
  const text = say('line', { id: String(shardId), state: say(states[state]), servers: guilds });
  return ms === null ? text : `${text}, ${say('latency', { ms })}`;
}
