import type { APIGatewaySessionStartLimit } from 'discord-api-types/v10';
import { IDENTIFY_RESERVE } from '../../config/sessions.ts';
import type { Placement } from '../config/placement.ts';
import { durationText } from '../lib/duration-text.ts';

/** What speaks against changing the shard count, in one line; `undefined` when nothing does. */
export function reshardObjection(asked: {
  readonly shardCount: number;
  /** The count in force. */
  readonly serving: number;
  readonly placement: Placement;
  readonly limit: Pick<APIGatewaySessionStartLimit, 'remaining' | 'reset_after'>;
}): string | undefined {
  const { shardCount, serving, placement, limit } = asked;
  if (placement.kind !== 'all') return `this manager runs a part of the bot; ${severalHosts(shardCount)}`;
  if (shardCount === serving) return `the bot has ${serving} shards already`;
  const left = limit.remaining - IDENTIFY_RESERVE;
  if (shardCount <= left) return undefined;
  const budget = `${shardCount} shards need as many identifies; of the day's ${limit.remaining} left ${IDENTIFY_RESERVE} stay in reserve`;
  return `${budget}, and they are reset in ${durationText(limit.reset_after)}`;
}

function severalHosts(shardCount: number): string {
  const second = `start a second manager on each host with DISCORD_SHARDS=${shardCount}, and with its own ADMIN_SOCKET and METRICS_PORT`;
  return `${second}; when the shards of all of them are ready, stop the old managers`;
}
