import type { APIGatewayBotInfo } from 'discord-api-types/v10';
import { GATEWAY_INFO_MS } from '../../config/deadlines.ts';
import { callFailure, type API } from '../discord/discord.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

/**
 * Asks Discord how many shards it recommends and how many may start (topics/gateway, "Get Gateway Bot").
 * `undefined` when `stop` is aborted meanwhile. Throws a `Failure`: exit 78 for a refused token, 69 when Discord cannot be reached.
 */
export async function fetchGatewayInfo(
  api: API,
  apiUrl: string,
  stop: AbortSignal,
): Promise<APIGatewayBotInfo | undefined> {
  try {
    return await api.gateway.getBot({
      signal: AbortSignal.any([stop, AbortSignal.timeout(GATEWAY_INFO_MS)]),
    });
  } catch (error) {
    if (stop.aborted) return undefined;
    throw callFailure(error, apiUrl);
  }
}

/** The ids of the shards that this manager runs. Throws a `Failure` (exit 78) for an id beyond the count. */
export function placeShards(shardCount: number, wanted: readonly number[] | undefined): number[] {
  const ids = wanted ?? Array.from({ length: shardCount }, (_, id) => id);
  const outside = ids.find((id) => id >= shardCount);
  if (outside === undefined) return [...ids];
  throw new Failure(
    `SHARD_IDS names shard ${outside}, but the bot has ${shardCount} shards; ids run from 0 to ${shardCount - 1}`,
    exitCodes.config,
  );
}
