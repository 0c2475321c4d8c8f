import { durationText } from '../../lib/duration-text.ts';
import { accentColor } from '../accent-color.ts';
import { defineCommand } from '../command.ts';
import type { ShardInfo } from '../context.ts';

export const ping = defineCommand({
  name: 'ping',
  description: 'How quickly the bot answers, and which shard serves you',
  ephemeral: true,
  // It is what people press while something seems wrong, and a refusal costs as much as the answer.
  limits: [],
  async run(context) {
    const color = await accentColor(context);
    const startedMs = performance.now();
    await context.deferReply();
    const restMs = Math.round(performance.now() - startedMs);
    await context.editReply({ embeds: [{ title: 'Pong!', color, fields: fields(context.shard, restMs) }] });
  },
});

function fields(shard: ShardInfo, restMs: number) {
  const gateway = shard.gatewayLatencyMs === null ? 'not measured yet' : `${shard.gatewayLatencyMs} ms`;
  return [
    { name: 'Gateway', value: gateway, inline: true },
    { name: 'REST', value: `${restMs} ms`, inline: true },
    { name: 'Shard', value: `${shard.shardId} of ${shard.shardCount}`, inline: true },
    { name: 'Up for', value: durationText(Date.now() - shard.startedAtMs), inline: true },
    { name: 'Version', value: shard.version, inline: true },
  ];
}
