import type { APIGatewayBotInfo } from 'discord-api-types/v10';
import { GATEWAY_INFO_MS } from '../../config/deadlines.ts';
import { callFailure, type API } from '../discord/discord.ts';

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
