import type { APIGatewayBotInfo } from 'discord-api-types/v10';
import { GATEWAY_INFO_MS } from '../../config/deadlines.ts';
import type { API } from '../discord/discord.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

/**
 * Asks Discord how many shards it recommends and how many may start (topics/gateway, "Get Gateway Bot").
 * Throws a `Failure`: exit 78 for a refused token, 69 when Discord cannot be reached.
 */
export async function fetchGatewayInfo(api: API, apiUrl: string): Promise<APIGatewayBotInfo> {
  try {
    return await api.gateway.getBot({ signal: AbortSignal.timeout(GATEWAY_INFO_MS) });
  } catch (error) {
    if (hasStatus(error, 401)) {
      throw new Failure(
        'Discord refused DISCORD_TOKEN (401); copy it again from the Developer Portal, Bot, Reset Token',
        exitCodes.config,
      );
    }
    throw new Failure(`Discord cannot be reached at ${apiUrl}: ${errorText(error)}`, exitCodes.unavailable, {
      cause: error,
    });
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

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof Error && 'status' in error && error.status === status;
}
