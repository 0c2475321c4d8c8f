import type { Say } from '../../i18n/i18n.ts';
import { accentColor } from '../accent-color.ts';
import { defineCommand } from '../command.ts';
import type { ShardInfo } from '../context.ts';
import { pingWords } from './ping-words.ts';

export const ping = defineCommand({
  name: 'ping',
  description: 'How quickly the bot answers, and which shard serves you',
  ephemeral: true,
  // It is what people press while something seems wrong, and a refusal costs as much as the answer.
  limits: [],
  async run(context) {
    const say = context.say(pingWords);
    const color = await accentColor(context);
    const startedMs = performance.now();
    await context.deferReply();
    const restMs = Math.round(performance.now() - startedMs);
    const fields = shardFields(say, context.shard, restMs);
    await context.editReply({ embeds: [{ title: say('title'), color, fields }] });
  },
});

function shardFields(say: Say<keyof typeof pingWords.texts.en>, shard: ShardInfo, restMs: number) {
  const { gatewayLatencyMs, shardId: id, shardCount: count } = shard;
  const gateway = gatewayLatencyMs === null ? say('notMeasured') : say('ms', { ms: gatewayLatencyMs });
  return [
    { name: say('gateway'), value: gateway, inline: true },
    { name: say('rest'), value: say('ms', { ms: restMs }), inline: true },
    { name: say('shard'), value: say('shardOf', { id, count }), inline: true },
    { name: say('since'), value: since(shard.startedAtMs), inline: true },
    { name: say('version'), value: shard.version, inline: true },
  ];
}

/** A time that each reader's client words: "3 days ago". */
function since(ms: number): string {
  return `<t:${Math.floor(ms / 1_000)}:R>`;
}
