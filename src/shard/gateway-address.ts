import type { APIGatewayBotInfo } from 'discord-api-types/v10';
import { setTimeout as delay } from 'node:timers/promises';
import { GATEWAY_INFO_MS } from '../../config/deadlines.ts';
import { IDENTIFY_RESERVE } from '../../config/sessions.ts';
import type { API } from '../discord/discord.ts';
import { backoffMs } from '../lib/backoff.ts';
import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';

/** An exhausted budget is asked for again at least this often: an operator may have had it raised. */
const longestNapMs = 600_000;

/** Where the gateway is and how many identifies the day has left (topics/gateway, "Get Gateway Bot"). A RESUME needs neither. */
export class GatewayAddress {
  readonly #api: API;
  readonly #log: Logger;
  #known: APIGatewayBotInfo | undefined;

  constructor(api: API, log: Logger) {
    this.#api = api;
    this.#log = log;
  }

  /** As Discord said last. Throws before the first `ask` or `identifyLeft` was answered. */
  get known(): APIGatewayBotInfo {
    if (this.#known === undefined) throw new Error('Get Gateway Bot was not asked yet');
    return this.#known;
  }

  /** Rejects when Discord cannot be reached. */
  async ask(signal: AbortSignal): Promise<APIGatewayBotInfo> {
    this.#known = await this.#api.gateway.getBot({
      signal: AbortSignal.any([signal, AbortSignal.timeout(GATEWAY_INFO_MS)]),
    });
    return this.#known;
  }

  /** Until it is known. Rejects on abort only: a session that has lost its host waits for Discord to come back. */
  async found(signal: AbortSignal): Promise<void> {
    while (this.#known === undefined) await this.#askUntilAnswered(signal);
  }

  /** Until the day has an identify left beyond the reserve. Rejects on abort only. */
  async identifyLeft(signal: AbortSignal): Promise<void> {
    for (let told = false; ; told = true) {
      const { remaining, total, reset_after: resetMs } = await this.#askUntilAnswered(signal);
      if (remaining > IDENTIFY_RESERVE) return;
      if (!told) {
        this.#log.error(
          { remaining, total, resetInMs: resetMs },
          "the day's identifies are used up but for the reserve; waiting for their reset",
        );
      }
      await delay(Math.min(resetMs, longestNapMs) + 1_000 * Math.random(), undefined, { signal });
    }
  }

  async #askUntilAnswered(signal: AbortSignal): Promise<APIGatewayBotInfo['session_start_limit']> {
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.ask(signal)).session_start_limit;
      } catch (error) {
        signal.throwIfAborted();
        this.#log.warn({ reason: errorText(error), attempt }, 'Discord does not say where its gateway is');
        await delay(backoffMs(attempt, 1_000, 30_000), undefined, { signal });
      }
    }
  }
}
