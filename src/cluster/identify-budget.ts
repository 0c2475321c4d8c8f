import { setTimeout as delay } from 'node:timers/promises';
import type { APIGatewayBotInfo } from 'discord-api-types/v10';
import { GATEWAY_INFO_MS } from '../../config/deadlines.ts';
import type { API } from '../discord/discord.ts';
import { errorText } from '../lib/error-text.ts';
import { identifiesRemaining } from '../telemetry/identifies.ts';
import type { Logger } from '../telemetry/log.ts';

/** A budget that all shards spend in a loop lasts an hour at least: 1,000 a day, one in 5 s. */
const lookMs = 300_000;

export function noteIdentifies({ session_start_limit: { remaining } }: APIGatewayBotInfo): void {
  identifiesRemaining.set(remaining);
}

/** Until `stop`: keeps what is left of the day's identifies in the metrics. Discord being away is for others to say. */
export async function watchIdentifies(api: API, log: Logger, stop: AbortSignal): Promise<void> {
  for (;;) {
    await delay(lookMs, undefined, { signal: stop, ref: false }).catch(() => undefined);
    if (stop.aborted) return;
    try {
      const signal = AbortSignal.any([stop, AbortSignal.timeout(GATEWAY_INFO_MS)]);
      noteIdentifies(await api.gateway.getBot({ signal }));
    } catch (error) {
      log.debug({ reason: errorText(error) }, 'Discord does not say what is left of the identifies');
    }
  }
}
