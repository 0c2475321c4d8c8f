import { durationText } from '../../lib/duration-text.ts';
import type { ClusterStatus, ShardStatus } from '../../ipc/messages.ts';
import { accentColor } from '../accent-color.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';

/** Shards listed one by one: 16 of the longest lines fit a field's 1,024 characters, and beyond that the totals say more. */
const LISTED_SHARDS = 16;

export const about = defineCommand({
  name: 'about',
  description: 'What this bot is, and how its shards are',
  async run(context) {
    const [color, status] = await Promise.all([accentColor(context), context.clusterStatus()]);
    await context.reply({
      embeds: [
        {
          title: 'Shoal',
          description: ['One bot, many processes that behave as one.', ...links(context)].join('\n'),
          color,
          fields: [
            ...totals(status),
            { name: 'Shard map', value: shardMap(status, context.shard.shardId) },
            { name: 'Version', value: context.shard.version, inline: true },
            { name: 'Up for', value: durationText(Date.now() - context.shard.startedAtMs), inline: true },
          ],
        },
      ],
    });
  },
});

function links({ links: { support, invite } }: CommandContext): string[] {
  const known = [
    ...(invite === undefined ? [] : [`[Add to your server](${invite})`]),
    ...(support === undefined ? [] : [`[Get help](${support})`]),
  ];
  return known.length > 0 ? [known.join(' · ')] : [];
}

function totals({ processes, shardCount }: ClusterStatus) {
  const shards = processes.flatMap((process) => process.shards);
  const memory = processes.reduce((sum, process) => sum + process.rssBytes, 0);
  const serving = shards.filter((shard) => shard.state === 'ready').length;
  return [
    { name: 'Servers', value: String(shards.reduce((sum, shard) => sum + shard.guilds, 0)), inline: true },
    { name: 'Shards', value: `${serving} of ${shardCount} ready`, inline: true },
    {
      name: 'Commands answered',
      value: String(processes.reduce((sum, process) => sum + process.interactions, 0)),
      inline: true,
    },
    {
      name: 'Memory',
      value: `${Math.round(memory / 2 ** 20)} MiB in ${processes.length} processes`,
      inline: true,
    },
  ];
}

function shardMap({ processes, missing }: ClusterStatus, here: number): string {
  const known = processes
    .flatMap((process) => process.shards)
    .map((shard) => [shard.shardId, line(shard)] as const);
  const silent = missing.map((shardId) => [shardId, 'no answer'] as const);
  const rows = [...known, ...silent].toSorted(([a], [b]) => a - b);
  const listed = rows
    .slice(0, LISTED_SHARDS)
    .map(([shardId, text]) => `Shard ${shardId}: ${text}${shardId === here ? ' ← you are here' : ''}`);
  const more = rows.length - listed.length;
  return [...listed, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function line(shard: ShardStatus): string {
  const latency = shard.gatewayLatencyMs === null ? '' : `, ${shard.gatewayLatencyMs} ms`;
  return `${shard.state}, ${shard.guilds} servers${latency}`;
}
